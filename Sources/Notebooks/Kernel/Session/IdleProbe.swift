/// Finds out whether the word that a cell is done was lost: a kernel that publishes faster than its socket takes drops what
/// it publishes, that word too. It is asked something else, and hearing of that means that the cell is over.
struct IdleProbe {
  private static let firstPause = Duration.seconds(1)
  private static let lastPause = Duration.seconds(16)

  private var requests: Set<String> = []
  private var pause = firstPause
  /// When to ask; nil as long as nobody waits.
  private(set) var next: ContinuousClock.Instant?

  /// Whether it is time to ask. The first call begins the wait.
  mutating func isDue(at now: ContinuousClock.Instant) -> Bool {
    guard let next else {
      next = now + pause
      return false
    }
    return now >= next
  }

  /// The kernel was asked.
  mutating func sent(_ request: String) {
    requests.insert(request)
    pause = min(pause * 2, Self.lastPause)
    next = .now + pause
  }

  func isAnswered(by message: WireMessage) -> Bool {
    message.parent.map { requests.contains($0) } ?? false
  }
}
