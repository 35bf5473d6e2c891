/// The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 - P(a, x).
///
/// Below the mean by Legendre's series, above it by the continued fraction (Abramowitz and Stegun,
/// 6.5.29 and 6.5.31). The factor x^a·e^-x / Γ(a) is taken in 32 digits, so that tails keep 13
/// digits for a up to 10^9. Near the mean it takes about 10·√a steps.
enum IncompleteGamma {
  /// - Parameters:
  ///   - a: more than 0.
  ///   - x: at least 0; others give NaN.
  static func tails(_ a: Double, _ x: Double) -> Tails {
    guard a > 0, a < .infinity, x >= 0 else { return .nan }
    if x == 0 { return Tails(lower: 0) }
    if x == .infinity { return Tails(upper: 0) }
    if x < a + 1 { return Tails(lower: factor(a, x) / a * series(a, x)) }
    return Tails(upper: factor(a, x) * fraction(a, x))
  }

  /// x^a·e^-x / Γ(a).
  private static func factor(_ a: Double, _ x: Double) -> Double {
    let (a, x) = (DoubleDouble(a), DoubleDouble(x))
    return (a * x.logarithm - x - DoubleDouble.logGamma(a)).exponentialRounded
  }

  /// 1 + x/(a + 1) + x²/((a + 1)(a + 2)) + …
  private static func series(_ a: Double, _ x: Double) -> Double {
    var (sum, term, n) = (1.0, 1.0, a)
    while term > sum * 0x1p-54 {
      n += 1
      term *= x / n
      sum += term
    }
    return sum
  }

  /// 1/(x + 1 - a - 1·(1 - a)/(x + 3 - a - 2·(2 - a)/(x + 5 - a - …))), by Lentz's method.
  private static func fraction(_ a: Double, _ x: Double) -> Double {
    var b = x + 1 - a
    var d = 1 / b
    var c = 1e300
    var h = d
    for step in 1...ContinuedFraction.steps {
      let n = Double(step)
      let above = n * (a - n)
      b += 2
      d = ContinuedFraction.nonzero(above * d + b)
      c = ContinuedFraction.nonzero(b + above / c)
      d = 1 / d
      h *= d * c
      if abs(d * c - 1) < 0x1p-52 { break }
    }
    return h
  }
}
