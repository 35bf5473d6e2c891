/// How fast a body must come: whoever sends a byte a minute holds nothing for long.
package struct BodyPace: Sendable {
  /// Seconds in which nothing is asked, and bytes a second on average after that.
  package var grace: Double
  package var rate: Double
  private var bytes = 0
  private let start: ContinuousClock.Instant

  package init(grace: Double = 60, rate: Double = 256, start: ContinuousClock.Instant = .now) {
    self.grace = grace
    self.rate = rate
    self.start = start
  }

  /// - Throws: status 408 when too little came until now.
  package mutating func take(_ count: Int, now: ContinuousClock.Instant = .now) throws(APIError) {
    bytes += count
    let seconds = start.duration(to: now) / .seconds(1)
    guard seconds <= grace || Double(bytes) >= rate * seconds else {
      throw APIError("BAD_REQUEST", "The body of the request comes too slowly.", status: 408)
    }
  }
}
