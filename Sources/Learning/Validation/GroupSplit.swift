import Compute

/// Holds whole groups out.
enum GroupSplit {
  /// - Parameters:
  ///   - groups: the group of each row; numbers from 0 up to `groupCount`.
  ///   - fraction: share of the groups, rounded up; one group at least is left to learn from.
  static func split(groups: [Int], groupCount: Int, fraction: Double, seed: UInt64) -> Fold {
    var order = Array(0..<groupCount)
    var stream = RandomStream(seed: seed, purpose: "group split")
    stream.shuffle(&order)
    let count = fraction > 0 ? Int((Double(groupCount) * fraction).rounded(.up)) : 0
    let out = Set(order.prefix(min(count, max(0, groupCount - 1))))
    return Fold(
      train: groups.indices.filter { !out.contains(groups[$0]) },
      test: groups.indices.filter { out.contains(groups[$0]) })
  }
}
