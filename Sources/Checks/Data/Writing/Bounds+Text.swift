extension Bounds {
  /// As a suite has them: `18..90`, `>= 0`, `== 3`, `> 0 and <= 1`.
  package var shortForm: String { shortForm(.number) }

  func shortForm(_ measure: Measure) -> String {
    let low = lower.map { "\(excludesLower ? ">" : ">=") \(measure.text($0))" }
    let high = upper.map { "\(excludesUpper ? "<" : "<=") \(measure.text($0))" }
    guard let low, let high, let lower, let upper else { return low ?? high ?? ".." }
    if excludesLower || excludesUpper { return "\(low) and \(high)" }
    return lower == upper
      ? "== \(measure.text(lower))" : "\(measure.text(lower))..\(measure.text(upper))"
  }
}
