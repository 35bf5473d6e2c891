/// A probability and what is missing to 1, each as precise as it can be when the other is nearly 1.
struct Tails: Sendable {
  /// P(X <= x).
  var lower: Double
  /// P(X > x).
  var upper: Double

  init(lower: Double) {
    self.init(lower: Self.clamped(lower), upper: 1 - Self.clamped(lower))
  }

  init(upper: Double) {
    self.init(lower: 1 - Self.clamped(upper), upper: Self.clamped(upper))
  }

  init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// What rounding brought out of 0...1 goes back; NaN stays.
  private static func clamped(_ p: Double) -> Double { p < 0 ? 0 : p > 1 ? 1 : p }

  static let nan = Tails(lower: .nan, upper: .nan)
}
