import Synchronization

/// ``TokenBuckets`` by the clock, for any number of callers at once.
package final class RateLimiter: Sendable {
  private let buckets: Mutex<TokenBuckets>
  private let start = ContinuousClock.now
  /// Seconds since ``start``; tests put another in its place.
  private let clock: (@Sendable () -> Double)?

  package init(_ buckets: TokenBuckets, clock: (@Sendable () -> Double)? = nil) {
    self.buckets = Mutex(buckets)
    self.clock = clock
  }

  private var now: Double {
    clock?() ?? start.duration(to: .now) / .seconds(1)
  }

  /// - Throws: status 429 with the seconds to wait.
  package func take(_ caller: String) throws(APIError) {
    if let wait = buckets.withLock({ $0.take(caller, now: now) }) {
      throw .tooMany(wait: wait)
    }
  }

  /// - Throws: status 429 when the next ``take(_:)`` would.
  package func check(_ caller: String) throws(APIError) {
    if let wait = buckets.withLock({ $0.wait(of: caller, now: now) }) {
      throw .tooMany(wait: wait)
    }
  }

  package func forget(_ caller: String) { buckets.withLock { $0.forget(caller) } }
}

extension APIError {
  /// - Parameter wait: seconds.
  package static func tooMany(wait: Double) -> APIError {
    APIError(
      "REQUEST_LIMIT_EXCEEDED", "Too many requests. Try again later.", status: 429,
      retryAfter: max(1, Int(min(wait, 86_400).rounded(.up))))
  }

  /// The server has as much to do as it takes.
  package static let busy = APIError(
    "TEMPORARILY_UNAVAILABLE", "The server is busy. Try again later.", status: 503, retryAfter: 1)
}
