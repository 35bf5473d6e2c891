/// What evaluations of continued fractions share.
enum ContinuedFraction {
  /// More steps than any that converges takes.
  static let steps = 10_000_000

  /// A number that can be divided by (W. J. Lentz, 1976; I. J. Thompson and A. R. Barnett, 1986).
  @inline(__always)
  static func nonzero(_ x: Double) -> Double { abs(x) < 1e-300 ? 1e-300 : x }
}
