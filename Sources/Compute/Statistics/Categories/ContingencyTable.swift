/// Counts of rows by two categories.
package struct ContingencyTable: Sendable, Hashable {
  private let cells: [[Int]]
  private let rowSums: [Int]
  private let columnSums: [Int]
  /// How many rows of data there are.
  package let total: Int

  /// - Parameter rows: counts of at least 0, as many in each row; rows and columns without any count
  ///   are left out.
  package init(rows: [[Int]]) {
    precondition(Set(rows.map(\.count)).count <= 1, "rows are equally long")
    let columns = (rows.first ?? []).indices.filter { column in rows.contains { $0[column] > 0 } }
    cells = rows.filter { $0.contains { $0 > 0 } }.map { row in columns.map { row[$0] } }
    rowSums = cells.map { $0.reduce(0, +) }
    columnSums = columns.map { column in rows.reduce(0) { $0 + $1[column] } }
    total = rowSums.reduce(0, +)
  }

  /// Counts pairs of categories; a pair with a negative code, which is a missing value, is left out.
  ///
  /// - Parameters:
  ///   - first: codes below `counts.0`, one for each row, as `second` below `counts.1`.
  package init(_ first: [Int32], _ second: [Int32], counts: (Int, Int)) {
    precondition(first.count == second.count, "columns are equally long")
    var table = [Int](repeating: 0, count: counts.0 * counts.1)
    for (a, b) in zip(first, second) where a >= 0 && b >= 0 {
      table[Int(a) * counts.1 + Int(b)] += 1
    }
    self.init(
      rows: (0..<counts.0).map { Array(table[($0 * counts.1)..<(($0 + 1) * counts.1)]) })
  }

  /// Pearson's chi squared test of independence without Yates' correction: Σ (O - E)²/E. Not possible
  /// without rows; p is 1 when a side has one category only.
  package var independence: HypothesisTest {
    guard total > 0 else { return .impossible }
    let freedom = Double((rowSums.count - 1) * (columnSums.count - 1))
    guard freedom > 0 else { return HypothesisTest(statistic: 0, p: 1, freedom: 0) }
    let statistic = chiSquared
    return HypothesisTest(
      statistic: statistic, p: ChiSquaredDistribution.survival(statistic, freedom: freedom),
      freedom: freedom)
  }

  /// Cramér's V: √(χ²/n / (min(rows, columns) - 1)), in 0...1. NaN when a side has fewer than two
  /// categories.
  ///
  /// - Parameter corrected: takes away what V has by chance (W. Bergsma, "A bias-correction for
  ///   Cramér's V and Tschuprow's T", 2013).
  package func cramersV(corrected: Bool = false) -> Double {
    let (r, c) = (Double(rowSums.count), Double(columnSums.count))
    guard min(r, c) > 1 else { return .nan }
    let n = Double(total)
    let square = chiSquared / n
    guard corrected else { return min(1, (square / (min(r, c) - 1)).squareRoot()) }
    guard n > 1 else { return .nan }
    let rest = max(0, square - (r - 1) * (c - 1) / (n - 1))
    let (rows, columns) = (
      r - (r - 1) * (r - 1) / (n - 1), c - (c - 1) * (c - 1) / (n - 1)
    )
    let most = min(rows, columns) - 1
    return most > 0 ? min(1, (rest / most).squareRoot()) : .nan
  }

  private var chiSquared: Double {
    var sum = ExactSum()
    for (row, rowSum) in zip(cells, rowSums) {
      for (count, columnSum) in zip(row, columnSums) {
        // (O - E)²/E with E = row·column/n, over common denominators.
        let difference = (Int128(count) * Int128(total) - Int128(rowSum) * Int128(columnSum))
          .nearest
        sum.add(
          difference / Double(rowSum) * (difference / Double(columnSum)) / Double(total))
      }
    }
    return sum.value
  }
}
