import Synchronization

/// Counts of the requests that were answered, by route and status, with how long they took.
///
/// Routes are those of a fixed table, so that no client can make the counts grow.
package final class RequestMetrics: Sendable {
  /// Upper ends of the buckets of the histogram, in seconds.
  static let bounds: [Double] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5,
  ]

  struct Key: Hashable, Comparable {
    var route: String
    var status: Int

    static func < (left: Key, right: Key) -> Bool {
      (left.route, left.status) < (right.route, right.status)
    }
  }

  struct Tally {
    /// By bucket; the last is of those over every bound.
    var buckets = [Int](repeating: 0, count: RequestMetrics.bounds.count + 1)
    var seconds = 0.0

    var count: Int { buckets.reduce(0, +) }
  }

  private struct State {
    var answered: [Key: Int] = [:]
    var times: [String: Tally] = [:]
    var inFlight = 0
  }

  private let state = Mutex(State())

  package init() {}

  /// A request has come.
  func begin() { state.withLock { $0.inFlight += 1 } }

  /// It was answered.
  func end(_ route: String, status: Int, after time: Duration) {
    let seconds = time / .seconds(1)
    let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
    state.withLock { state in
      state.inFlight -= 1
      state.answered[Key(route: route, status: status), default: 0] += 1
      state.times[route, default: Tally()].buckets[bucket] += 1
      state.times[route, default: Tally()].seconds += seconds
    }
  }

  /// All counts as they are now, in the order of their names.
  func snapshot() -> (answered: [(Key, Int)], times: [(String, Tally)], inFlight: Int) {
    let state = state.withLock { $0 }
    return (
      state.answered.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
      state.times.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, state.inFlight
    )
  }
}
