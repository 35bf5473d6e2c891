extension HypothesisTest {
  /// Samples up to this size are tested exactly by Kolmogorov and Smirnov's test.
  private static let exactSize = 10_000

  /// The two-sample Kolmogorov-Smirnov test, as scipy's `ks_2samp` chooses: exact when both samples
  /// have at most 10,000 numbers, else by the distribution of one sample of n1·n2/(n1 + n2) rows. Not
  /// possible when a sample is empty.
  package static func kolmogorovSmirnov(_ pair: SamplePair) -> HypothesisTest {
    guard pair.isComplete else { return .impossible }
    let (n1, n2) = (pair.reference.count, pair.current.count)
    let gap = pair.largestGap
    let d = gap.nearest / pair.product
    guard max(n1, n2) > exactSize else {
      return HypothesisTest(
        statistic: d, p: LatticePaths.chanceOutside(gap: Int(gap), n1, n2))
    }
    let (m, n) = (Double(max(n1, n2)), Double(min(n1, n2)))
    let rows = (m * n / (m + n)).rounded(.toNearestOrEven)
    return HypothesisTest(
      statistic: d, p: KolmogorovDistribution.survival(d, rows: max(1, Int(rows))))
  }

  /// The two-sample Cramér-von Mises test, as scipy's `cramervonmises_2samp` chooses: exact when
  /// both samples have at most 20 numbers, else by the limit distribution of the statistic brought
  /// to its mean and variance. Not possible when a sample has fewer than two numbers.
  package static func cramerVonMises(_ pair: SamplePair) -> HypothesisTest {
    let (n1, n2) = (pair.reference.count, pair.current.count)
    guard n1 > 1, n2 > 1 else { return .impossible }
    let t = pair.cramerVonMises
    if max(n1, n2) <= 20 {
      return HypothesisTest(
        statistic: t, p: CramerVonMisesPaths.chance(ofAtLeast: pair.zeta, n1, n2))
    }
    // T. W. Anderson, "On the distribution of the two-sample Cramér-von Mises criterion", 1962.
    let (x, y) = (Double(n1), Double(n2))
    let (k, n) = (x * y, x + y)
    let mean = (1 + 1 / n) / 6
    let variance = (n + 1) * (4 * k * n - 3 * (x * x + y * y) - 2 * k) / (45 * n * n * 4 * k)
    let scaled = 1 / 6.0 + (t - mean) / (45 * variance).squareRoot()
    return HypothesisTest(statistic: t, p: CramerVonMisesDistribution.survival(scaled))
  }

  /// Mann's and Whitney's U test of the reference sample, as scipy's `mannwhitneyu` chooses: exact
  /// when a sample has at most 8 numbers and there is no tie, else normal with corrections for ties
  /// and continuity. Not possible when a sample is empty; p is 1 when all numbers are equal.
  ///
  /// Where an exact count would pass 128 bits (8 numbers beside 250,000) or take 64 MB, the normal
  /// distribution is taken as well.
  package static func mannWhitney(_ pair: SamplePair) -> HypothesisTest {
    guard pair.isComplete else { return .impossible }
    let ranks = pair.rankSums
    let (n1, n2) = (pair.reference.count, pair.current.count)
    let product = Int128(n1) * Int128(n2)
    let u = ranks.doubledU.nearest / 2
    // The larger of both samples' U, doubled.
    let larger = max(ranks.doubledU, 2 * product - ranks.doubledU)
    let smaller = product - larger / 2
    if min(n1, n2) <= 8, ranks.ties == 0, smaller < 1 << 22,
      let tail = RankSumDistribution.cdf(Int(smaller), min(n1, n2), max(n1, n2))
    {
      return HypothesisTest(statistic: u, p: min(1, 2 * tail))
    }
    let n = Double(n1) + Double(n2)
    let ties = n > 1 ? ranks.ties.nearest / (n * (n - 1)) : 0
    let deviation = (product.nearest / 12 * (n + 1 - ties)).squareRoot()
    // U - n1·n2/2 - ½.
    let z = (larger - product - 1).nearest / 2 / deviation
    return HypothesisTest(statistic: u, p: min(1, 2 * NormalDistribution.survival(z)))
  }
}
