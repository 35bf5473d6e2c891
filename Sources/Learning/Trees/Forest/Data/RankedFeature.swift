/// How the cells of one feature are ranked.
///
/// Every distinct value has a rank of its own, in ascending order. A feature with more values than
/// two bytes can count shares them out: neighbouring values, about as many rows in each rank.
struct RankedFeature {
  /// The least and the largest value of each rank; empty for categories, whose codes are the ranks.
  let low: [Double]
  let high: [Double]
  let isCategorical: Bool
  let rankCount: Int
  /// Whether a row lacks the value.
  let hasMissing: Bool

  private init(low: [Double], high: [Double], hasMissing: Bool) {
    self.low = low
    self.high = high
    isCategorical = false
    rankCount = low.count
    self.hasMissing = hasMissing
  }

  init(categoryCount: Int, hasMissing: Bool) {
    low = []
    high = []
    isCategorical = true
    rankCount = categoryCount
    self.hasMissing = hasMissing
  }

  /// Ranks sorted values.
  ///
  /// - Parameter sorted: ascending, without NaN; equal values may repeat.
  init(ranking sorted: [Double], hasMissing: Bool) {
    var low: [Double] = []
    var high: [Double] = []
    var distinct = sorted.isEmpty ? 0 : 1
    for i in sorted.indices.dropFirst() where sorted[i] != sorted[i - 1] { distinct += 1 }
    // With too many values a rank is full when it has its share of the rows.
    let share =
      distinct <= RankedMatrix.mostRanks
      ? 1 : (sorted.count + RankedMatrix.mostRanks - 1) / RankedMatrix.mostRanks
    var start = 0
    for (i, value) in sorted.enumerated() {
      if let last = high.last, last == value { continue }
      if !low.isEmpty, i - start < share {
        high[high.count - 1] = value
        continue
      }
      low.append(value)
      high.append(value)
      start = i
    }
    self.init(low: low, high: high, hasMissing: hasMissing)
  }

  /// The rank of a value that was ranked.
  func rank(of value: Double) -> UInt16 {
    let found = high.withUnsafeBufferPointer { high in
      // The first rank whose largest value is not less: halving without a branch to mispredict.
      var (base, count) = (0, high.count)
      while count > 1 {
        let half = count / 2
        base = high[base + half - 1] < value ? base + half : base
        count -= half
      }
      return base
    }
    return UInt16(truncatingIfNeeded: found)
  }

  /// What separates two ranks, and the last rank on its lower side, for rows that the node has not.
  ///
  /// It is the middle between the values beside the gap, as scikit-learn has it (`node_split_best`
  /// of sklearn/tree/_splitter.pyx), or the lower one where rounding reaches the upper one. It never
  /// parts values that share a rank.
  func division(after rank: Int, before next: Int) -> (threshold: Double, lastRank: Int) {
    let middle = high[rank] / 2 + low[next] / 2
    guard middle < low[next], middle > high[rank] else { return (high[rank], rank) }
    var (last, beyond) = (rank, next)
    while beyond - last > 1 {
      let candidate = (last + beyond) / 2
      if low[candidate] <= middle { last = candidate } else { beyond = candidate }
    }
    return (max(middle, high[last]), last)
  }
}
