/// Random walks that tell how far two samples of one distribution come apart: pooled and sorted,
/// every order of the two samples' rows has the same chance.
enum LatticePaths {
  /// P(|i/n1 - j/n2| >= gap/(n1·n2) somewhere) for the counts i and j of the rows met so far: the
  /// exact two-sided two-sample Kolmogorov-Smirnov test.
  ///
  /// J. L. Hodges, "The significance probability of the Smirnov two-sample test", 1958: the chance
  /// to have been outside, on the way to (i, j), is the mean of its two neighbours', weighted by
  /// i/(i + j) and j/(i + j); all terms are positive, so that small chances keep 12 digits. A nanosecond
  /// for each (i, j) inside of the band; nothing when the chance is below every double.
  ///
  /// - Parameters:
  ///   - gap: at least 0.
  ///   - n1: at least 1 and at most 2^20, as n2.
  static func chanceOutside(gap: Int, _ n1: Int, _ n2: Int) -> Double {
    if gap <= 0 { return 1 }
    if n1 == n2 { return chanceOutside(steps: gap / n1, n1) }
    let size = n1 + n2
    // The chance is less than 3·e^(-2·n1·n2/(n1 + n2)·d²).
    let d = Double(gap) / (Double(n1) * Double(n2))
    if 2 * Double(n1) * Double(n2) / Double(size) * d * d > 750 { return 0 }
    // The chances at i on the diagonal i + j = k, one place on.
    var chances = [Double](repeating: 0, count: n1 + 3)
    return chances.withUnsafeMutableBufferPointer { chances in
      for k in 1...size {
        // |i·n2 - (k - i)·n1| < gap.
        let low = max(0, k - n2, floorDivision(k * n1 - gap, size) + 1)
        let high = min(n1, k, -floorDivision(-(k * n1 + gap), size) - 1)
        let inverse = 1 / Double(k)
        // From the top down, in place: each needs itself and the one below.
        var i = high
        while i >= low {
          let (a, b) = (Double(i), Double(k &- i))
          chances[i &+ 1] = (a * chances[i] + b * chances[i &+ 1]) * inverse
          i &-= 1
        }
        chances[high + 2] = 1
        chances[low] = 1
      }
      return min(1, chances[n1 + 1])
    }
  }

  /// The same for two samples of n rows and |i - j| >= h: 2·Σ (-1)^(k-1)·C(2n, n - kh) / C(2n, n)
  /// (B. V. Gnedenko and V. S. Korolyuk, 1951).
  private static func chanceOutside(steps h: Int, _ n: Int) -> Double {
    var terms: [Double] = []
    var term = 1.0
    for j in 0..<n {
      term *= Double(n - j) / Double(n + j + 1)
      if (j + 1) % h == 0 { terms.append(term) }
    }
    return min(1, 2 * terms.reversed().reduce(0) { $1 - $0 })
  }

  private static func floorDivision(_ a: Int, _ b: Int) -> Int {
    let (quotient, rest) = a.quotientAndRemainder(dividingBy: b)
    return rest < 0 ? quotient - 1 : quotient
  }
}
