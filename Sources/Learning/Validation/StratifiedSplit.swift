import Compute

/// Rows to learn from and rows to hold out, with every class in the same proportion.
package struct StratifiedSplit: Sendable, Hashable {
  /// Both in the table's order.
  package var train: [Int]
  package var test: [Int]

  /// Splits rows by their classes.
  ///
  /// The test part has `fraction` of the rows, rounded up, taken from each class in proportion;
  /// what is left over by rounding goes to the classes that lost most by it, the first ones on a
  /// tie. A class keeps at least one row to learn from. Which rows of a class are taken depends on
  /// the seed, the number of its rows and its index only.
  ///
  /// - Parameters:
  ///   - rows: the rows of the table that take part, in order.
  ///   - labels: the class of each of them.
  package init(rows: [Int], labels: [Int32], classCount: Int, fraction: Double, seed: UInt64) {
    precondition(rows.count == labels.count, "a label for each row")
    // Places among `rows`.
    var members = [[Int]](repeating: [], count: classCount)
    for (place, label) in labels.enumerated() { members[Int(label)].append(place) }
    let counts = Self.testCounts(members.map(\.count), fraction: fraction)
    var isTest = [Bool](repeating: false, count: rows.count)
    for (index, count) in counts.enumerated() where count > 0 {
      var stream = RandomStream(seed: seed, purpose: "split", index: UInt64(index))
      stream.shuffle(&members[index])
      for place in members[index].prefix(count) { isTest[place] = true }
    }
    train = rows.indices.filter { !isTest[$0] }.map { rows[$0] }
    test = rows.indices.filter { isTest[$0] }.map { rows[$0] }
  }

  private static func testCounts(_ sizes: [Int], fraction: Double) -> [Int] {
    let total = sizes.reduce(0, +)
    guard fraction > 0, total > 1 else { return sizes.map { _ in 0 } }
    let wanted = min(total - 1, Int((Double(total) * fraction).rounded(.up)))
    let shares = sizes.map { Double($0) * Double(wanted) / Double(total) }
    var counts = zip(sizes, shares).map { size, share in min(Int(share), max(0, size - 1)) }
    var left = wanted - counts.reduce(0, +)
    let order = sizes.indices.sorted { a, b in
      let (lossA, lossB) = (
        shares[a] - shares[a].rounded(.down), shares[b] - shares[b].rounded(.down)
      )
      return lossA != lossB ? lossA > lossB : a < b
    }
    while left > 0 {
      let before = left
      for index in order where left > 0 && counts[index] < sizes[index] - 1 {
        counts[index] += 1
        left -= 1
      }
      if left == before { break }
    }
    return counts
  }
}
