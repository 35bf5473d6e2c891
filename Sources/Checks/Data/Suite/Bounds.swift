/// An interval of numbers, either side of which may be open or missing: `18..90`, `>= 0`, `< 5`.
package struct Bounds: Sendable, Hashable {
  package var lower: Double?
  package var upper: Double?
  /// Whether the ends themselves are outside.
  package var excludesLower: Bool
  package var excludesUpper: Bool

  package init(
    lower: Double? = nil, upper: Double? = nil, excludesLower: Bool = false,
    excludesUpper: Bool = false
  ) {
    self.lower = lower
    self.upper = upper
    self.excludesLower = excludesLower
    self.excludesUpper = excludesUpper
  }

  /// Whether a number is inside; NaN never is.
  package func contains(_ value: Double) -> Bool {
    if let lower, !(excludesLower ? value > lower : value >= lower) { return false }
    if let upper, !(excludesUpper ? value < upper : value <= upper) { return false }
    return !value.isNaN
  }

  /// Whether no number can be inside.
  package var isEmpty: Bool {
    guard let lower, let upper else { return false }
    return lower > upper || lower == upper && (excludesLower || excludesUpper)
  }
}
