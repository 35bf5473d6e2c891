/// How long the rest of a phase takes, judged by what is done of it.
struct TimeLeft {
  private var phase = ""
  private var start = ContinuousClock.now

  /// `12 s left`, `3 min left`; nil in the first two seconds, when nobody can say.
  mutating func text(_ phase: String, _ completed: Int64, of total: Int64) -> String? {
    if phase != self.phase { (self.phase, start) = (phase, .now) }
    let passed = ContinuousClock.now - start
    guard passed > .seconds(2), completed > 0, completed < total else { return nil }
    let left = passed * (Double(total - completed) / Double(completed))
    let seconds = Int((left / .seconds(1)).rounded(.up))
    return switch seconds {
    case ..<100: "\(seconds) s left"
    case ..<6000: "\((seconds + 30) / 60) min left"
    default: "\((seconds + 1800) / 3600) h left"
    }
  }
}
