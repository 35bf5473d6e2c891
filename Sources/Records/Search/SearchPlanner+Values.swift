import GRDB

/// Walking the index of the values that are sorted by.
extension SearchPlanner {
  /// Runs in the order of a metric, parameter or tag: those with a value, then those with NaN, then those without it.
  func walk(_ values: OrderedValues) throws -> [Int64] {
    let rest = Array(orders.dropFirst())
    let direction = orders[0].isAscending ? "" : " DESC"
    // Clauses about the same values become bounds of the walk.
    var bounds: [SQLText] = []
    var others: [SQLText] = []
    for (clause, condition) in zip(search.filter.clauses, conditions) {
      if let bound = values.bound(clause, compiler) {
        bounds.append(bound)
      } else {
        others.append(condition)
      }
    }
    let keyed = [SQLText("o.key = \(values.key)")] + bounds + scope + others
    let first = keyed + [SQLText(values.ordered)]
    var found = try select(
      values.source, first, rest, search.limit, search.offset, leading: "o.value\(direction), ")
    var window = Window(limit: search.limit, offset: search.offset)
    func advance(_ conditions: [SQLText], _ last: [Int64]) throws {
      try window.advance(found: last.count) { try count(values.source, conditions) }
    }
    try advance(first, found)
    guard window.limit > 0 else { return found }

    if values.hasUnordered {
      let nan = keyed + [SQLText("o.value IS NULL")]
      let second = try select(values.source, nan, rest, window.limit, window.offset)
      found += second
      try advance(nan, second)
    }
    guard window.limit > 0, bounds.isEmpty else { return found }

    let without = SQLText(
      """
      NOT EXISTS (SELECT 1 FROM \(values.table) AS m WHERE m.run = r.number \
      AND m.key = \(values.key))
      """)
    return try found
      + select(
        SQLText("runs AS r \(index(for: rest))"), scope + others + [without], rest, window.limit,
        window.offset)
  }

  private func count(_ source: SQLText, _ conditions: [SQLText]) throws -> Int {
    let query = SQLText("SELECT count(*) FROM ") + source + SQLText(" WHERE ") + .all(conditions)
    return try count(query)
  }

  func count(_ query: SQLText) throws -> Int {
    try Int.fetchOne(
      db.makeStatement(sql: query.sql), arguments: StatementArguments(query.arguments)) ?? 0
  }

  /// What is still wanted of a list that is read in parts.
  private struct Window {
    var limit: Int
    var offset: Int

    /// - Parameters:
    ///   - found: how many rows the last part gave.
    ///   - count: how many it holds; asked only when it gave none.
    mutating func advance(found: Int, count: () throws -> Int) rethrows {
      limit -= found
      if found > 0 {
        offset = 0
      } else if offset > 0 {
        offset -= min(offset, try count())
      }
    }
  }
}
