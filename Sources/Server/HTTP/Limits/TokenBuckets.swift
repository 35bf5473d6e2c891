/// How much each of many callers may still do: a bucket of tokens each, which fills at a steady rate.
///
/// Only so many callers are remembered. A full bucket says nothing and is forgotten first; when all are in use the one
/// that was not used for the longest makes room.
package struct TokenBuckets: Sendable {
  /// Tokens a second.
  package var rate: Double
  /// The most tokens that a bucket holds.
  package var burst: Double
  /// The most callers that are remembered.
  package var capacity: Int

  private struct Bucket: Sendable {
    var tokens: Double
    /// Seconds on the clock of the caller.
    var time: Double
  }

  private var buckets: [String: Bucket] = [:]

  package init(rate: Double, burst: Double, capacity: Int = 10_000) {
    self.rate = rate
    self.burst = burst
    self.capacity = capacity
  }

  /// How many callers are remembered.
  package var count: Int { buckets.count }

  /// Takes a token.
  ///
  /// - Parameter now: seconds on a clock that never goes back.
  /// - Returns: nil when there was one; else the seconds until there is.
  package mutating func take(_ caller: String, now: Double) -> Double? {
    let tokens = tokens(of: caller, now: now)
    guard tokens >= 1 else {
      // Who is refused again and again is not forgotten for it.
      put(caller, Bucket(tokens: tokens, time: now), now: now)
      return (1 - tokens) / rate
    }
    put(caller, Bucket(tokens: tokens - 1, time: now), now: now)
    return nil
  }

  /// The seconds until there is a token; nil when there is one. None is taken.
  package func wait(of caller: String, now: Double) -> Double? {
    let tokens = tokens(of: caller, now: now)
    return tokens >= 1 ? nil : (1 - tokens) / rate
  }

  /// Fills a caller's bucket.
  package mutating func forget(_ caller: String) { buckets[caller] = nil }

  private func tokens(of caller: String, now: Double) -> Double {
    guard let bucket = buckets[caller] else { return burst }
    return min(burst, bucket.tokens + max(0, now - bucket.time) * rate)
  }

  private mutating func put(_ caller: String, _ bucket: Bucket, now: Double) {
    if buckets[caller] == nil, buckets.count >= capacity { makeRoom(now: now) }
    buckets[caller] = bucket
  }

  /// A quarter goes at once, so that a flood of callers does not look through all of them each time.
  private mutating func makeRoom(now: Double) {
    buckets = buckets.filter { $0.value.tokens + (now - $0.value.time) * rate < burst }
    let room = capacity - max(1, capacity / 4)
    guard buckets.count > room else { return }
    let oldest = buckets.sorted { ($0.value.time, $0.key) < ($1.value.time, $1.key) }
    for (caller, _) in oldest.prefix(buckets.count - room) { buckets[caller] = nil }
  }
}
