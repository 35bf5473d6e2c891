import Synchronization

/// Keeps what a child wrote, each stream up to a limit.
final class ChildOutputCollector: ChildListener {
  private let limit: Int
  private let kept = Mutex<[ChildStream: [UInt8]]>([:])

  init(limit: Int) { self.limit = limit }

  func bytes(of stream: ChildStream) -> [UInt8] { kept.withLock { $0[stream] ?? [] } }

  func started(_ process: ProcessIdentity) {}

  func tick() -> Bool { false }

  func received(_ bytes: UnsafeRawBufferPointer, from stream: ChildStream) {
    kept.withLock { kept in
      let room = limit - (kept[stream]?.count ?? 0)
      kept[stream, default: []].append(contentsOf: bytes.prefix(max(0, room)))
    }
  }
}
