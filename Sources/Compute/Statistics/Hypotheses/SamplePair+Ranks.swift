extension SamplePair {
  /// What rank tests need.
  struct RankSums {
    /// Twice the number of pairs in which the reference's number is larger, ties counting half.
    var doubledU: Int128
    /// Σ t³ - t over the sizes t of groups of equal numbers.
    var ties: Int128
  }

  var rankSums: RankSums {
    var sums = RankSums(doubledU: 0, ties: 0)
    forEachStep { step in
      let before = Int128(step.ends.current) - Int128(step.counts.current)
      sums.doubledU += Int128(step.counts.reference) * (2 * before + Int128(step.counts.current))
      let t = Int128(step.counts.reference) + Int128(step.counts.current)
      sums.ties += t * t * t - t
    }
    return sums
  }

  /// Σ (a·i - b·j)² over the way through the pooled numbers that would have this statistic, if there
  /// are no ties; where it falls between two, the one below.
  ///
  /// For samples of at most 20 numbers: U and this are linear in each other (Xiao, Gordon and
  /// Yakovlev, 2006, after Anderson, 1962).
  var zeta: Int {
    let (n1, n2) = (reference.count, current.count)
    let multiple = n1 / CramerVonMisesPaths.greatestCommonDivisor(n1, n2) * n2
    let pairs = n1 * n2
    // 4·U of at most 20 numbers is less than 2^31.
    let quarters = rankDistances.words.reversed().reduce(0) { $0 << 32 | Int($1) }
    let above = multiple * multiple * (n1 + n2) * (6 * quarters - 4 * pairs * (4 * pairs - 1))
    let below = 24 * pairs * pairs
    let (quotient, rest) = above.quotientAndRemainder(dividingBy: below)
    return rest < 0 ? quotient - 1 : quotient
  }
}
