import Compute

/// The search for a node's best split.
extension ForestGrower {
  /// The rows of a node as one feature ranks them.
  struct Ranking {
    var start: Int
    var feature: Int
    /// Rows that have a value, and rows that lack it.
    var count = 0
    var missingCount = 0
    var least = Int.max
    var largest = -1
    /// Weight and weighted sum of the rows that lack a value, with moments.
    var missing = SIMD2<Double>.zero

    /// Whether it cannot tell the rows apart.
    var isConstant: Bool { count == 0 || (least == largest && missingCount == 0) }
  }

  /// Looks at features in a random order, drawn without replacement.
  func bestSplit(start: Int, _ facts: NodeFacts) -> ForestSplit {
    var best = ForestSplit()
    let all = featureOrder.count
    var (seen, useful) = (0, 0)
    while seen < all, seen < limits.features || useful == 0 {
      featureOrder.swapAt(seen, seen + features.integer(below: all - seen))
      let feature = featureOrder[seen]
      seen += 1
      var ranking = rank(start: start, facts, feature)
      if ranking.isConstant { continue }
      useful += 1
      if data.ranks.isCategorical[feature] {
        searchCategories(&ranking, facts, &best)
      } else {
        search(ranking, facts, &best)
      }
    }
    return best
  }

  /// Writes the keys of the rows that have a value, and after them of those that lack it.
  private func rank(start: Int, _ facts: NodeFacts, _ feature: Int) -> Ranking {
    var ranking = Ranking(start: start, feature: feature)
    let column = UnsafePointer(data.ranks.columns.base + feature * data.ranks.columnStride)
    let rows = UnsafePointer(sample.rows.base + start)
    let keys = keys.base
    var (count, least, largest) = (0, Int.max, -1)
    guard data.ranks.hasMissing[feature] else {
      for i in 0..<facts.count {
        let rank = Int(column[Int(rows[i])])
        keys[i] = UInt64(truncatingIfNeeded: rank &<< 32 | i)
        least = rank < least ? rank : least
        largest = rank > largest ? rank : largest
      }
      ranking.count = facts.count
      (ranking.least, ranking.largest) = (least, largest)
      return ranking
    }
    let missing = Int(RankedMatrix.missing)
    for i in 0..<facts.count {
      let rank = Int(column[Int(rows[i])])
      keys[count] = UInt64(truncatingIfNeeded: rank << 32 | i)
      // A key of a row without a value is overwritten by the next one.
      let isThere = rank != missing
      count = count &+ (isThere ? 1 : 0)
      least = rank < least ? rank : least
      let top = isThere ? rank : -1
      largest = top > largest ? top : largest
    }
    ranking.count = count
    (ranking.least, ranking.largest) = (least, largest)
    ranking.missingCount = facts.count - count
    if ranking.missingCount > 0 { collectMissing(column, rows, &ranking) }
    return ranking
  }

  private func collectMissing(
    _ column: UnsafePointer<UInt16>, _ rows: UnsafePointer<UInt32>, _ ranking: inout Ranking
  ) {
    var place = ranking.count
    for i in 0..<(ranking.count + ranking.missingCount)
    where column[Int(rows[i])] == RankedMatrix.missing {
      keys.base[place] = UInt64(truncatingIfNeeded: Int(RankedMatrix.missing) << 32 | i)
      ranking.missing += cells.base[i]
      place += 1
    }
  }

  /// Searches the ranks in their order, first with missing values on the right, then on the left.
  func search(_ ranking: Ranking, _ facts: NodeFacts, _ best: inout ForestSplit) {
    // As good as sorting while sums by rank need not pass over many empty ranks.
    let width = ranking.largest - ranking.least + 1
    let sumsUp = data.usesMoments && limits.leafRows == 1 && width <= 4 * ranking.count
    let keys =
      sumsUp
      ? UnsafePointer(keys.base) : UnsafePointer(sorted(ranking))
    switch (limits.criterion, data.usesMoments) {
    case (.poisson, _):
      searchMoments(
        keys, ranking, facts, sumsUp, PoissonScore(SIMD2(facts.weight, facts.sum)), &best)
    case (_, true):
      searchMoments(
        keys, ranking, facts, sumsUp, VarianceScore(SIMD2(facts.weight, facts.sum)), &best)
    case (.entropy, false), (.logLoss, false):
      searchClasses(keys, ranking, facts, EntropyScore.self, &best)
    case (_, false): searchClasses(keys, ranking, facts, GiniScore.self, &best)
    }
  }

  /// The keys in the order of their ranks, and after them those of rows that lack the value.
  private func sorted(_ ranking: Ranking) -> UnsafeMutablePointer<UInt64> {
    let sorted = RankSort.sort(
      keys.base, spareKeys.base, ranking.count, least: ranking.least, largest: ranking.largest,
      counts: bucketCounts.base)
    if sorted != keys.base, ranking.missingCount > 0 {
      (sorted + ranking.count).update(
        from: keys.base + ranking.count, count: ranking.missingCount)
    }
    return sorted
  }

  private func searchMoments(
    _ keys: UnsafePointer<UInt64>, _ ranking: Ranking, _ facts: NodeFacts, _ sumsUp: Bool,
    _ score: some MomentScore, _ best: inout ForestSplit
  ) {
    // Twice the variance of 0 and 1 is Gini's impurity.
    let factor = data.classCount > 0 ? 2.0 : 1.0
    var scan = MomentScan(
      score: score, least: limits.leafWeightShare * rootWeight, weight: facts.weight,
      rows: facts.count, leafRows: limits.leafRows)
    if sumsUp {
      sumUp(ranking)
      if ranking.missingCount > 0 {
        scan.scan(sums.base, ranking, missingLeft: false, clears: false)
        scan.scan(sums.base, ranking, missingLeft: true, clears: true)
      } else {
        scan.scan(sums.base, ranking, missingLeft: false, clears: true)
      }
    } else {
      scan.scan(keys, cells.base, ranking, missingLeft: false)
      if ranking.missingCount > 0 {
        scan.scan(keys, cells.base, ranking, missingLeft: true)
      }
    }
    guard scan.best > -1 else { return }
    take(scan.found, gain: max(0, score.gain(scan.best) * factor), ranking, &best)
  }

  private func sumUp(_ ranking: Ranking) {
    let (sums, keys, cells) = (sums.base, keys.base, cells.base)
    for i in 0..<ranking.count {
      let key = keys[i]
      sums[Int(key >> 32)] += cells[Int(key & 0xFFFF_FFFF)]
    }
  }

  private func searchClasses<Score: ClassScore>(
    _ keys: UnsafePointer<UInt64>, _ ranking: Ranking, _ facts: NodeFacts, _ kind: Score.Type,
    _ best: inout ForestSplit
  ) {
    var scan = ClassScan<Score>(
      totals: totals.base, left: leftTotals.base, classCount: data.classCount, facts: facts,
      least: limits.leafWeightShare * rootWeight, leafRows: limits.leafRows)
    scan.scan(keys, cells.base, ranking, missingLeft: false)
    if ranking.missingCount > 0 {
      scan.scan(keys, cells.base, ranking, missingLeft: true)
    }
    guard scan.isFound else { return }
    take(scan.found, gain: max(0, scan.best - scan.whole), ranking, &best)
  }

  /// Keeps a split that is better than the best so far.
  private func take(
    _ found: ScanResult, gain: Double, _ ranking: Ranking, _ best: inout ForestSplit
  ) {
    guard gain > best.gain else { return }
    best.gain = gain
    best.feature = ranking.feature
    best.rank = found.rank
    best.next = found.next < 0 ? nil : found.next
    best.missingLeft = found.missingLeft
    best.sawMissing = ranking.missingCount > 0
    best.categories = []
  }
}
