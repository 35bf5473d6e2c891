/// The regularised incomplete beta function I_x(a, b), and 1 - I_x(a, b) = I_(1-x)(b, a).
///
/// By the continued fraction of A. R. DiDonato and A. H. Morris ("Algorithm 708", 1992), the even
/// part of Abramowitz and Stegun's 26.5.8, on the side of the mean where it converges. The factor x^a·(1 - x)^b / B(a, b) is taken in 32 digits, so that tails keep 12 digits
/// for a and b up to 10^9. It takes about √max(a, b) steps.
enum IncompleteBeta {
  /// - Parameters:
  ///   - x: in 0...1, in 32 digits, since a large a or b multiplies its rounding.
  ///   - y: 1 - x, as precise.
  ///   - a: more than 0, as b; others give NaN.
  static func tails(_ x: DoubleDouble, _ y: DoubleDouble, _ a: Double, _ b: Double) -> Tails {
    guard a > 0, b > 0, a < .infinity, b < .infinity, x.high >= 0, y.high >= 0 else { return .nan }
    if x.high == 0 { return Tails(lower: 0) }
    if y.high == 0 { return Tails(upper: 0) }
    let (p, q) = (DoubleDouble(a), DoubleDouble(b))
    let logBeta = DoubleDouble.logGamma(p) + DoubleDouble.logGamma(q) - DoubleDouble.logGamma(p + q)
    let factor = (p * x.logarithm + q * y.logarithm - logBeta).exponentialRounded
    if x.high < (a + 1) / (a + b + 2) {
      return Tails(lower: factor * fraction(x.high, y.high, a, b))
    }
    return Tails(upper: factor * fraction(y.high, x.high, b, a))
  }

  /// The same of a double.
  static func tails(_ x: Double, _ a: Double, _ b: Double) -> Tails {
    guard x >= 0, x <= 1 else { return .nan }
    return tails(DoubleDouble(x), DoubleDouble(sum: 1, -x), a, b)
  }

  /// 1/(b0 + a1/(b1 + a2/(b2 + …))), by Lentz's method.
  private static func fraction(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
    // a - (a + b)·x without the cancellation of a large a with x near 1.
    let distance = a * y - b * x
    var value = ContinuedFraction.nonzero(a * (distance + 1) / (a + 1))
    var (c, d) = (value, 0.0)
    for step in 1...ContinuedFraction.steps {
      let m = Double(step)
      let odd = a + 2 * m - 1
      let part = m * (b - m) * x / odd
      let above = part * ((a + m - 1) / odd) * (a + b + m - 1) * x
      let below = m + part + (a + m) * (distance + 1 + m * (1 + y)) / (a + 2 * m + 1)
      d = 1 / ContinuedFraction.nonzero(below + above * d)
      c = ContinuedFraction.nonzero(below + above / c)
      value *= c * d
      if abs(c * d - 1) < 0x1p-52 { break }
    }
    return 1 / value
  }
}
