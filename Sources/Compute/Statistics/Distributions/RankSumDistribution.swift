/// The exact distribution of Mann's and Whitney's U of two samples without ties.
enum RankSumDistribution {
  /// P(U <= u); nil when the counts do not fit into 128 bits.
  ///
  /// Orders of the pooled rows with U = u are counted by the coefficients of the Gaussian binomial
  /// Π (1 - q^(n2 + i)) / (1 - q^i), i = 1...n1, in whole numbers: n1·u operations.
  ///
  /// - Parameters:
  ///   - u: at least 0 and at most n1·n2.
  ///   - n1: at least 1, as n2; cheapest when it is the smaller.
  static func cdf(_ u: Int, _ n1: Int, _ n2: Int) -> Double? {
    guard let total = binomial(n1 + n2, n1) else { return nil }
    var counts = [UInt128](repeating: 0, count: u + 1)
    counts[0] = 1
    // Between the two steps, numbers may wrap around; what is counted does not.
    for i in 1...n1 {
      if n2 + i <= u {
        for k in stride(from: u, through: n2 + i, by: -1) { counts[k] &-= counts[k - n2 - i] }
      }
      if i <= u { for k in i...u { counts[k] &+= counts[k - i] } }
    }
    return Double(counts.reduce(0, &+)) / Double(total)
  }

  /// n over k; nil beyond 128 bits.
  static func binomial(_ n: Int, _ k: Int) -> UInt128? {
    var result: UInt128 = 1
    for i in 0..<min(k, n - k) {
      let (product, overflow) = result.multipliedReportingOverflow(by: UInt128(n - i))
      if overflow { return nil }
      result = product / UInt128(i + 1)
    }
    return result
  }
}
