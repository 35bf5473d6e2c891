import GRDB

/// Starting from a rare clause.
extension SearchPlanner {
  /// A clause that an index answers, and how many rows it has there.
  struct Seed {
    var source: SQLText
    var condition: SQLText
    var count: Int
    /// The place of the clause in the filter.
    var clause = 0
  }

  /// Counting stops here: what is not rare need not be known exactly.
  static let countLimit = 20_000

  func seeds(total: Int) throws -> [Seed] {
    try search.filter.clauses.enumerated().compactMap { index, clause in
      guard var seed = try seed(clause) else { return nil }
      seed.clause = index
      let query =
        SQLText("SELECT count(*) FROM (SELECT 1 FROM ") + seed.source + SQLText(" WHERE ")
        + seed.condition + SQLText(" LIMIT \(SearchPlanner.countLimit))")
      seed.count = try count(query)
      if seed.count == SearchPlanner.countLimit { seed.count = max(seed.count, total / 2) }
      return seed
    }
  }

  private func seed(_ clause: RunFilter.Clause) throws -> Seed? {
    switch (clause.subject, clause.test) {
    case (.metric, .number(.notEqual, _)): return nil
    case (.metric(let key), let test):
      return try indexed(
        "latest_metrics", "latest_by_value", key, compiler.test(test, on: "d.value"))
    case (.param(let key), .text(.equal, let text)):
      return try indexed("params", "params_by_value", key, text)
    case (.tag(let key), .text(.equal, let text)):
      return try indexed("tags", "tags_by_value", key, text)
    case (.attribute(.name), .text(.equal, let text)):
      return try indexed("tags", "tags_by_value", Tag.runName, text)
    case (.attribute(.runID), .text(.equal, _)), (.attribute(.runID), .list(true, _)):
      return Seed(source: SQLText("runs AS d"), condition: runIDs(clause.test), count: 0)
    default: return nil
    }
  }

  private func runIDs(_ test: RunFilter.Test) -> SQLText { compiler.test(test, on: "d.id") }

  private func indexed(_ table: String, _ index: String, _ key: String, _ text: String) throws
    -> Seed?
  {
    guard text.unicodeScalars.count <= Schema.indexedLength else { return nil }
    return try indexed(
      table, index, key,
      SQLText("d.value = ? AND length(d.value) <= \(Schema.indexedLength)", [text]))
  }

  private func indexed(
    _ table: String, _ index: String, _ key: String, _ condition: SQLText
  ) throws -> Seed? {
    guard let id = try compiler.keys.known(key) else { return nil }
    return Seed(
      source: SQLText("\(table) AS d INDEXED BY \(index)"),
      condition: SQLText("d.key = \(id) AND ") + condition, count: 0)
  }

  func collect(from seed: Seed) throws -> [Int64] {
    var others = conditions
    others.remove(at: seed.clause)
    let isRuns = seed.source.sql == "runs AS d"
    return try select(
      seed.source
        + SQLText(" CROSS JOIN runs AS r ON r.number = \(isRuns ? "d.number" : "d.run")"),
      [seed.condition] + scope + others, orders, search.limit, search.offset)
  }
}
