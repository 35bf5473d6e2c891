/// Student's t distribution.
package enum StudentDistribution {
  /// P(|T| > |t|), of both tails: I_x(freedom/2, ½) with x = freedom / (freedom + t²). 0 for an
  /// infinite t; NaN for NaN, and without a degree of freedom. Infinitely many are the normal
  /// distribution.
  package static func twoSided(_ t: Double, freedom: Double) -> Double {
    if t.isNaN || !(freedom > 0) { return .nan }
    if freedom == .infinity { return 2 * NormalDistribution.survival(abs(t)) }
    if abs(t) == .infinity { return 0 }
    guard abs(t) < 1e100 else {
      // Squares would pass all doubles; so far out, the tail is a power of t.
      let ratio = Elementary.logarithm(abs(t) / 0x1p332)
      return twoSided(0x1p332, freedom: freedom) * Elementary.exponential(-freedom * ratio)
    }
    let square = DoubleDouble(product: t, t)
    let whole = square + freedom
    return IncompleteBeta.tails(
      DoubleDouble(freedom) / whole, square / whole, freedom / 2, 0.5
    ).lower
  }

  /// P(T > t).
  package static func survival(_ t: Double, freedom: Double) -> Double {
    let half = twoSided(t, freedom: freedom) / 2
    return t < 0 ? 1 - half : half
  }

  /// P(T <= t).
  package static func cdf(_ t: Double, freedom: Double) -> Double {
    survival(-t, freedom: freedom)
  }
}
