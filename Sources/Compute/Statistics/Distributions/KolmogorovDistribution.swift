/// The distribution of the largest distance between an empirical distribution function and the
/// true one.
package enum KolmogorovDistribution {
  /// P(√n·D > x) for n without end: 2·Σ (-1)^(k-1)·e^(-2k²x²), and for small x the equal series
  /// 1 - √(2π)/x·Σ e^(-(2k-1)²π²/(8x²)). NaN for NaN.
  package static func survival(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x <= 0.04 { return 1 }
    if x < 1 {
      var sum = 0.0
      for k in stride(from: 9.0, through: 1, by: -2) {
        sum += Elementary.exponential(-k * k * Double.pi * Double.pi / (8 * x * x))
      }
      return 1 - (2 * Double.pi).squareRoot() / x * sum
    }
    var sum = 0.0
    for k in stride(from: 5.0, through: 1, by: -1) {
      sum = Elementary.exponential(-2 * k * k * x * x) - sum
    }
    return min(1, 2 * sum)
  }

  /// P(D > d) of `n` rows, as scipy's `kstwo.sf` chooses: exact up to 140 rows and in the upper
  /// tail, else by W. Pelz's and I. J. Good's expansion (R. Simard and P. L'Ecuyer, "Computing the
  /// two-sided Kolmogorov-Smirnov distribution", 2011). NaN without rows.
  ///
  /// Upper tails of up to a million rows take a term for each row, 40 ns each.
  package static func survival(_ d: Double, rows n: Int) -> Double {
    guard n > 0, !d.isNaN else { return .nan }
    if d >= 1 { return 0 }
    let t = Double(n) * d
    if t <= 0.5 { return 1 }
    if t <= 1 { return 1 - lowest(t, n) }
    // The two one-sided events exclude each other.
    if d >= 0.5 { return twoSides(d, n) }
    let square = t * d
    if n <= 140 { return square <= 4 ? 1 - durbin(d, n) : twoSides(d, n) }
    if square >= 370 { return 0 }
    // Both at once have less than 10^-7 of what one has.
    if square >= 2.2 { return twoSides(d, n) }
    if n <= 100_000, t * d.squareRoot() <= 1.4 { return min(1, max(0, 1 - durbin(d, n))) }
    return min(1, max(0, 1 - pelzGood(d, n)))
  }

  private static func twoSides(_ d: Double, _ n: Int) -> Double {
    min(1, 2 * SmirnovDistribution.survival(d, rows: n))
  }

  /// P(D <= t/n) for t in ½...1: n!·((2t - 1)/n)^n (H. Ruben and J. Gambino, 1982).
  private static func lowest(_ t: Double, _ n: Int) -> Double {
    guard t > 0.5 else { return 0 }
    let rows = DoubleDouble(n)
    let base = DoubleDouble(2 * t - 1) / rows
    return (DoubleDouble.logGamma(rows + 1) + rows * base.logarithm).exponentialRounded
  }

  /// P(D <= d) to the third order in 1/√n.
  private static func pelzGood(_ d: Double, _ n: Int) -> Double {
    let root = Double(n).squareRoot()
    let z = root * d
    if z < 0.042 { return 0 }
    let z2 = z * z
    let (z3, z4, z6) = (z2 * z, z2 * z2, z2 * z2 * z2)
    let pi2 = Double.pi * Double.pi
    var sums = (0.0, 0.0, 0.0, 0.0)
    var more = (0.0, 0.0)
    for k in (0..<12).reversed() {
      // Of (k + ½)², and of whole k.
      let h = (Double(k) + 0.5) * (Double(k) + 0.5) * pi2
      let weight = Elementary.exponential(-h / (2 * z2))
      sums.0 += weight
      sums.1 += weight * (h - z2)
      sums.2 +=
        weight * (6 * z6 + 2 * z4 + h * (2 * z4 - 5 * z2) + h * h * (1 - 2 * z2))
      let third = h * h * h * (5 - 30 * z2) + h * h * (212 * z4 - 60 * z2)
      sums.3 += weight * (third + h * (135 * z4 - 96 * z6) - 30 * z6 - 90 * z4 * z4)
      let g = Double(k) * Double(k) * pi2
      let whole = Elementary.exponential(-g / (2 * z2))
      more.0 += whole * g
      more.1 += whole * g * (3 * z2 - g)
    }
    let first = sums.0 / z + sums.1 / (6 * z4 * root)
    let second = (sums.2 / (72 * z6 * z) - more.0 / (36 * z3)) / Double(n)
    let third = (sums.3 / (6480 * z6 * z4) + more.1 / (216 * z6)) / (Double(n) * root)
    return (2 * Double.pi).squareRoot() * (first + second + third)
  }
}
