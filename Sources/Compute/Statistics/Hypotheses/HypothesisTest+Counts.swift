extension HypothesisTest {
  /// The z test of two equal proportions with the pooled variance, not corrected: of `a` in `n1` and
  /// `b` in `n2`. Not possible when a side is empty; NaN when all or none have it on both sides.
  package static func proportions(_ a: Int, of n1: Int, _ b: Int, of n2: Int) -> HypothesisTest {
    precondition(a >= 0 && a <= n1 && b >= 0 && b <= n2, "a part is no more than the whole")
    guard n1 > 0, n2 > 0 else { return .impossible }
    let (x, y) = (Double(n1), Double(n2))
    let share = (Double(a) + Double(b)) / (x + y)
    let rest = (Double(n1 - a) + Double(n2 - b)) / (x + y)
    let difference = (Int128(a) * Int128(n2) - Int128(b) * Int128(n1)).nearest / (x * y)
    let z = difference / (share * rest * (1 / x + 1 / y)).squareRoot()
    return HypothesisTest(statistic: z, p: 2 * NormalDistribution.survival(abs(z)))
  }

  /// McNemar's test of two classifiers on the same rows: exact, by the binomial distribution of the
  /// smaller number. With no disagreement p is 1.
  ///
  /// - Parameters:
  ///   - first: rows that only the first one has right; the statistic is the smaller of both.
  ///   - second: rows that only the second one has right.
  package static func mcNemarExact(_ first: Int, _ second: Int) -> HypothesisTest {
    let fewer = min(first, second)
    let tail = BinomialDistribution.cdf(fewer, trials: first + second, chance: 0.5)
    return HypothesisTest(statistic: Double(fewer), p: min(1, 2 * tail))
  }

  /// The same test by chi squared with one degree of freedom: (|b - c| - 1)² / (b + c), or without
  /// the correction for continuity (b - c)² / (b + c). With no disagreement it is 0 and p is 1.
  package static func mcNemar(_ first: Int, _ second: Int, corrected: Bool = true)
    -> HypothesisTest
  {
    let (total, difference) = (Double(first) + Double(second), abs(Double(first - second)))
    guard total > 0 else { return HypothesisTest(statistic: 0, p: 1, freedom: 1) }
    let distance = corrected ? difference - 1 : difference
    let statistic = distance * distance / total
    return HypothesisTest(
      statistic: statistic, p: ChiSquaredDistribution.survival(statistic, freedom: 1), freedom: 1)
  }

  /// The chi squared test that counts come from given shares: Σ (count - expected)² / expected, where
  /// expected counts are the other counts scaled to the same sum (Evidently's `chisquare`).
  ///
  /// A category that only `counts` have makes the statistic infinite; one that neither has is left
  /// out. Not possible when a side is empty; with fewer than two categories p is 1.
  package static func goodnessOfFit(_ counts: [Int], expected: [Int]) -> HypothesisTest {
    precondition(counts.count == expected.count, "counts of the same categories")
    let (n, m) = (counts.reduce(0, +), expected.reduce(0, +))
    guard n > 0, m > 0 else { return .impossible }
    var sum = ExactSum()
    var categories = 0
    for (count, other) in zip(counts, expected) where count > 0 || other > 0 {
      categories += 1
      // count - other·n/m, over a common denominator.
      let difference = (Int128(count) * Int128(m) - Int128(other) * Int128(n)).nearest
      sum.add(difference / (Double(other) * Double(n)) * (difference / Double(m)))
    }
    let freedom = Double(categories - 1)
    let p =
      freedom < 1 ? 1 : ChiSquaredDistribution.survival(sum.value, freedom: freedom)
    return HypothesisTest(statistic: sum.value, p: p, freedom: freedom)
  }
}
