/// The standard normal distribution.
package enum NormalDistribution {
  /// P(Z <= z); NaN for NaN.
  package static func cdf(_ z: Double) -> Double { survival(-z) }

  /// P(Z > z), to 13 digits down to the smallest double; NaN for NaN.
  package static func survival(_ z: Double) -> Double {
    if z < 0 { return 1 - survival(-z) }
    if z.isNaN { return z }
    // Less than half of the smallest double.
    if z > 39 { return 0 }
    if z < 1 { return 0.5 - center(z) }
    return (logDensity(z) + DoubleDouble(mills(z)).logarithm).exponentialRounded
  }

  /// The z with P(Z <= z) = p: infinite at 0 and 1, NaN outside of 0...1.
  package static func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    if p == 0 { return -.infinity }
    // 1 - p is exact here.
    return p < 0.5 ? -isf(p) : isf(1 - p)
  }

  /// The z >= 0 with P(Z > z) = p, for p in 0...½: Newton's method from a first guess (Abramowitz
  /// and Stegun, 26.2.23, to 0.0005).
  private static func isf(_ p: Double) -> Double {
    if p == 0 { return .infinity }
    let t = (-2 * Elementary.logarithm(p)).squareRoot()
    let above = 2.515517 + t * (0.802853 + t * 0.010328)
    let below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    var z = max(0, t - above / below)
    if p > 0.2 {
      // ½ - p is exact, and so keeps its digits around z = 0.
      for _ in 0..<4 { z -= (center(z) - (0.5 - p)) / logDensity(z).exponentialRounded }
      return z
    }
    // Of logarithms, which do not underflow: the derivative of ln P(Z > z) is -1 / Mills' ratio.
    let target = DoubleDouble(p).logarithm
    for _ in 0..<4 {
      let ratio = mills(z)
      z += (logDensity(z) + DoubleDouble(ratio).logarithm - target).high * ratio
    }
    return z
  }

  /// ln of the density.
  private static func logDensity(_ z: Double) -> DoubleDouble {
    -DoubleDouble(product: z, z).scaled(by: -1) - DoubleDouble.lnRootTwoPi
  }

  /// P(0 < Z <= z) for small z >= 0: φ(z)·(z + z³/3 + z⁵/(3·5) + …), all of one sign.
  private static func center(_ z: Double) -> Double {
    var (sum, term, n) = (z, z, 1.0)
    while term > sum * 0x1p-54 {
      n += 2
      term *= z * z / n
      sum += term
    }
    return sum * logDensity(z).exponentialRounded
  }

  /// P(Z > z) over the density, for z >= ½: Laplace's 1/(z + 1/(z + 2/(z + 3/(z + …)))).
  private static func mills(_ z: Double) -> Double {
    var d = 1 / z
    var c = 1e300
    var h = d
    for step in 1...ContinuedFraction.steps {
      d = 1 / (z + Double(step) * d)
      c = z + Double(step) / c
      h *= d * c
      if abs(d * c - 1) < 0x1p-52 { break }
    }
    return h
  }
}
