import Compute

/// Which query each row of a table belongs to, for ranking.
struct QueryOrder {
  /// Of every row of the table; -1 where it takes no part.
  private let numbers: [Int]
  private let count: Int

  /// - Throws: ``Failure`` for a column that is not there and for rows without a value.
  init(_ name: String, of table: Table, rows: [Int]) throws {
    let groups = try RowGroups(name, of: table, rows: rows, key: "group")
    var numbers = [Int](repeating: -1, count: table.rowCount)
    for (row, number) in zip(rows, groups.numbers) { numbers[row] = number }
    self.numbers = numbers
    count = groups.count
  }

  /// Rows of a query together, as they stand among each other.
  func sorted(_ rows: [Int]) -> [Int] {
    rows.sorted { numbers[$0] != numbers[$1] ? numbers[$0] < numbers[$1] : $0 < $1 }
  }

  /// The number of rows of each query, of rows that are sorted.
  func counts(_ rows: [Int]) -> [Int] {
    var counts: [Int] = []
    var last: Int?
    for row in rows {
      if numbers[row] != last { counts.append(0) }
      counts[counts.count - 1] += 1
      last = numbers[row]
    }
    return counts
  }

  /// Holds whole queries out.
  func split(_ rows: [Int], fraction: Double, seed: UInt64) -> Fold {
    GroupSplit.split(
      groups: rows.map { numbers[$0] }, groupCount: count, fraction: fraction, seed: seed
    ).mapped(to: rows)
  }
}
