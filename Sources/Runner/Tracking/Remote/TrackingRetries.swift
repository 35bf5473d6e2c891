import Glibc
import Platform

/// How often a request is made again to a server that is busy or out of reach, as MLflow's clients do: each time after twice
/// the time, or when the server says.
struct TrackingRetries: Sendable {
  var attempts: Int
  /// Before the second attempt.
  var first = Duration.milliseconds(250)
  var longest = Duration.seconds(8)

  /// For what was asked before anything is run: a person waits.
  static let short = TrackingRetries(attempts: 3)
  /// For the record of what was run, which nobody can make again.
  static let long = TrackingRetries(attempts: 7)

  /// Statuses of a server that may answer better later.
  static func mayPass(_ status: Int) -> Bool {
    [408, 425, 429, 500, 502, 503, 504].contains(status)
  }

  /// - Parameters:
  ///   - attempt: how many were made.
  ///   - wish: what the server wants us to wait, in seconds.
  func wait(after attempt: Int, wish: Int? = nil, isCancelled: () -> Bool) throws {
    var left = wish.map { .seconds(min(max($0, 0), 30)) } ?? min(first * (1 << attempt), longest)
    while left > .zero {
      if isCancelled() { throw Failure(.interrupted, "interrupted") }
      let step = min(left, .milliseconds(100))
      usleep(UInt32(step / .microseconds(1)))
      left -= step
    }
  }
}
