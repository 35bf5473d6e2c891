/// The places of numbers in their order.
package enum Ranks {
  /// Twice the mean rank of each number, which is whole: ranks count from 1, and equal numbers share
  /// the mean of theirs (scipy's `average`).
  ///
  /// - Parameter numbers: none is NaN.
  package static func doubled(_ numbers: [Double]) -> [Int] {
    // 0 and -0 are equal, as bits are not.
    var order = numbers.enumerated().map { Row(key: DoubleKey.key(($1 + 0).bitPattern), row: $0) }
    order.withUnsafeMutableBufferPointer { RadixSort.sort($0) { $0.key } }
    var ranks = [Int](repeating: 0, count: numbers.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, order[end].key == order[start].key { end += 1 }
      // The ranks start + 1...end.
      for place in start..<end { ranks[order[place].row] = start + 1 + end }
      start = end
    }
    return ranks
  }

  /// A number to be sorted, and where it stood.
  private struct Row {
    let key: UInt64
    let row: Int
  }

  /// Spearman's rank correlation: Pearson's of the ranks, without rounding before the end. Pairs with
  /// a NaN are left out; NaN when a side is constant, or there are no two pairs.
  package static func spearman(_ x: [Double], _ y: [Double]) -> Double {
    precondition(x.count == y.count, "columns are equally long")
    let kept = x.indices.filter { !x[$0].isNaN && !y[$0].isNaN }
    let first = doubled(kept.count == x.count ? x : kept.map { x[$0] })
    let second = doubled(kept.count == y.count ? y : kept.map { y[$0] })
    return CoMoments(first.map { Double($0) }, second.map { Double($0) }).pearson
  }
}
