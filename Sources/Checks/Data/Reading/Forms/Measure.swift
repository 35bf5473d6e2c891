/// What a number in a test counts, and so how it is written.
enum Measure: Sendable, Hashable {
  case number
  /// Not below 0.
  case size
  /// From 0 to 1, written as a percentage.
  case share
  /// From 0 to 1, written as a number.
  case probability
  /// Not below 0, written as a percentage.
  case ratio
  /// A whole number, not below 0.
  case count
  /// Seconds, written as `2d`, `12h`, `5m`, `90s`.
  case duration

  /// A number as a suite has it.
  func text(_ value: Double) -> String {
    switch self {
    case .number, .size, .probability, .count: SuiteNumber.text(value)
    case .share, .ratio: SuiteNumber.percentage(value)
    case .duration: SuiteNumber.duration(value)
    }
  }

  /// What is wrong with a value; nil for nothing.
  ///
  /// - Parameters:
  ///   - number: what is written.
  ///   - shown: how it is written.
  ///   - what: what it is of, such as the name of the test.
  func objection(
    to number: SuiteNumber, _ shown: String, _ what: String
  ) -> (message: String, hint: String?)? {
    let value = number.value
    switch self {
    case .number, .size, .probability, .count:
      if number.isPercentage {
        return (
          "`\(shown)` is a share, and \(what) takes a number",
          "write `\(SuiteNumber.text(value))`"
        )
      }
      if self != .number, value < 0 { return ("`\(shown)`: \(what) is never below 0", nil) }
      if self == .probability, value > 1 {
        return ("`\(shown)`: \(what) is from 0 to 1", nil)
      }
      if self == .count, value != value.rounded() || value.magnitude > 9e15 {
        return ("`\(shown)`: \(what) is a whole number", nil)
      }
    case .share:
      if value >= 0, value <= 1 { return nil }
      // 5 for 5%.
      let meant = value > 1 && value <= 100 && !number.isPercentage
      return (
        "`\(shown)`: \(what) is a share, from 0 to 100%",
        meant ? "write `\(SuiteNumber.text(value))%`" : nil
      )
    case .ratio:
      if value < 0 { return ("`\(shown)`: \(what) is never below 0", nil) }
    case .duration:
      if number.isPercentage || value < 0 { return ("`\(shown)` is no time", "write `2d`") }
    }
    return nil
  }
}
