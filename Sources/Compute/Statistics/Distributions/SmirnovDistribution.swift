/// The distribution of the largest distance of an empirical distribution function above the true
/// one.
package enum SmirnovDistribution {
  /// P(D⁺ > d) of `n` rows: d·Σ C(n, j)·(1 - d - j/n)^(n-j)·(d + j/n)^(j-1) over j <= n·(1 - d)
  /// (Z. W. Birnbaum and F. H. Tingey, 1951), each term as a binomial probability. Beyond a million
  /// rows e^(-(6nd + 1)²/(18n)) (U. R. Maag and G. Dicaire, 1971), as scipy does. NaN without rows.
  package static func survival(_ d: Double, rows n: Int) -> Double {
    guard n > 0, !d.isNaN else { return .nan }
    if d >= 1 { return 0 }
    if d <= 0 { return 1 }
    let rows = Double(n)
    if n > 1_000_000 {
      let above = 6 * rows * d + 1
      return Elementary.exponential(-above * above / (18 * rows))
    }
    // j = 0, where the binomial probability is a power.
    var sum = Elementary.exponential(rows * Elementary.logarithm(onePlus: -d))
    let last = min(n - 1, Int(rows * (1 - d)))
    guard last >= 1 else { return sum }
    for j in 1...last {
      let chance = d + Double(j) / rows
      guard chance < 1 else { break }
      sum += d / chance * probability(j, of: n, shift: rows * d)
    }
    return min(1, sum)
  }

  /// The probability of j successes in n trials of the chance (j + shift) / n, 0 < j < n: C. Loader's
  /// saddle-point form ("Fast and accurate computation of binomial probabilities", 2000), in which
  /// nothing large cancels.
  private static func probability(_ j: Int, of n: Int, shift: Double) -> Double {
    let (x, y) = (Double(j), Double(n - j))
    guard shift < y else { return 0 }
    let rest = stirling(n) - stirling(j) - stirling(n - j)
    let exponent = rest - deviance(x, shift) - deviance(y, -shift)
    return Elementary.exponential(exponent) * (Double(n) / (2 * Double.pi * x * y)).squareRoot()
  }

  /// x·ln(x / (x + shift)) + shift.
  private static func deviance(_ x: Double, _ shift: Double) -> Double {
    let r = shift / x
    guard abs(r) < 0.1 else { return shift - x * Elementary.logarithm(onePlus: r) }
    // r - ln(1 + r) = r²/2 - r³/3 + …
    var sum = 0.0
    for k in stride(from: 16.0, through: 2, by: -1) { sum = 1 / k - r * sum }
    return x * r * r * sum
  }

  /// ln j! - (j + ½)·ln j + j - ln √(2π), for j >= 1.
  private static func stirling(_ j: Int) -> Double {
    if j < 16 { return smallStirling[j] }
    let z = Double(j)
    let square = 1 / (z * z)
    let series = 1 / 1260.0 - square * (1 / 1680.0 - square / 1188)
    return (1 / 12.0 - square * (1 / 360.0 - square * series)) / z
  }

  private static let smallStirling: [Double] = (0..<16).map { j in
    guard j > 0 else { return 0 }
    let z = DoubleDouble(j)
    let logFactorial = DoubleDouble.logGamma(z + 1)
    return (logFactorial - (z + 0.5) * z.logarithm + z - DoubleDouble.lnRootTwoPi).high
  }
}
