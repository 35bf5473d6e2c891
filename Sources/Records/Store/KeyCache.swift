import Synchronization

/// The ids of names of metrics, parameters and tags that are committed. They never change once they are.
final class KeyCache: Sendable {
  private let known = Mutex<[String: Int64]>([:])

  subscript(name: String) -> Int64? { known.withLock { $0[name] } }

  func merge(_ ids: [String: Int64]) {
    guard !ids.isEmpty else { return }
    known.withLock { known in
      // A bound, so that hostile names cannot exhaust the memory of a server.
      if known.count > 50_000 { known.removeAll() }
      known.merge(ids) { $1 }
    }
  }
}
