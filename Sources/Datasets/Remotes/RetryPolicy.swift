import Glibc
import Platform

/// How often a request is made again, and how long we wait before: each time twice as long, less a part by chance, so
/// that many clients do not come back at once.
package struct RetryPolicy: Sendable {
  package var attempts: Int
  /// Before the second attempt.
  package var first: Duration
  package var longest: Duration

  package init(
    attempts: Int = 6, first: Duration = .milliseconds(200), longest: Duration = .seconds(8)
  ) {
    self.attempts = attempts
    self.first = first
    self.longest = longest
  }

  /// Calls a closure until it gives a value, fails for good, or has been called often enough.
  ///
  /// A failure with code `.unreachable` or `.locked` is one that may pass.
  func run<Value>(
    isCancelled: () -> Bool = { false }, _ body: (_ attempt: Int) throws -> Value
  ) throws -> Value {
    var attempt = 0
    while true {
      do {
        return try body(attempt)
      } catch let failure as Failure where failure.code == .unreachable || failure.code == .locked {
        attempt += 1
        if isCancelled() { throw Failure(.interrupted, "the transfer was interrupted") }
        guard attempt < attempts else { throw failure }
        try wait(before: attempt, isCancelled)
      }
    }
  }

  private func wait(before attempt: Int, _ isCancelled: () -> Bool) throws {
    let doubled = first * (1 << min(attempt - 1, 20))
    var left = min(doubled, longest) * Double.random(in: 0.5...1)
    while left > .zero {
      if isCancelled() { throw Failure(.interrupted, "the transfer was interrupted") }
      let step = min(left, .milliseconds(100))
      usleep(UInt32(step / .microseconds(1)))
      left -= step
    }
  }
}
