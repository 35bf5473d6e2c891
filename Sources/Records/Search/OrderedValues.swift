import GRDB

/// The values of one metric, parameter or tag of all runs, in an index that has them in order.
struct OrderedValues {
  let field: RunField
  /// With the table's rows as `o`.
  let source: SQLText
  /// The id of the key in the table.
  let key: Int64
  let table: String
  /// True for the rows that have a place in the order.
  let ordered: String
  /// Whether rows can be without a place: NaN.
  let hasUnordered: Bool

  /// - Returns: nil for other fields, for keys that no run has, and for texts of which some are too long for the index.
  init?(_ field: RunField, _ keys: KeyIDs, _ db: Database) throws {
    let name: String
    let index: String
    switch field {
    case .metric(let key): (name, table, index) = (key, "latest_metrics", "latest_by_value")
    case .param(let key): (name, table, index) = (key, "params", "params_by_value")
    case .tag(let key): (name, table, index) = (key, "tags", "tags_by_value")
    case .attribute, .dataset: return nil
    }
    guard let id = try keys.known(name) else { return nil }
    hasUnordered = table == "latest_metrics"
    ordered =
      hasUnordered ? "o.value IS NOT NULL" : "length(o.value) <= \(Schema.indexedLength)"
    if !hasUnordered {
      let statement = try db.cachedStatement(
        sql: """
          SELECT EXISTS (SELECT 1 FROM \(table) INDEXED BY \(table)_long
            WHERE key = ? AND length(value) > \(Schema.indexedLength))
          """)
      guard try Int.fetchOne(statement, arguments: [id]) == 0 else { return nil }
    }
    (self.field, key) = (field, id)
    source = SQLText(
      "\(table) AS o INDEXED BY \(index) CROSS JOIN runs AS r ON r.number = o.run")
  }

  /// A clause as a bound on the walk; nil for one that is not about these values.
  func bound(_ clause: RunFilter.Clause, _ compiler: SearchCompiler) -> SQLText? {
    guard clause.subject == field else { return nil }
    switch clause.test {
    case .isPresent: return nil
    case .number: return compiler.metricTest(clause.test, on: "o.value")
    case .text, .list: return compiler.test(clause.test, on: "o.value")
    }
  }
}
