import GRDB

/// What some runs have by keys (metrics, parameters, tags), a run at a time.
///
/// Most runs of a search have the same keys, so each name is read once, and the order of the names is found once for
/// runs that have the same.
struct KeyedValues {
  private let db: Database
  private let list: String
  private var names: [Int64: String] = [:]

  /// - Parameter list: the numbers of the runs, as a JSON array.
  init(db: Database, list: String) {
    self.db = db
    self.list = list
  }

  /// Calls `body` for each run that has values in a table, with these in the order of their keys' bytes.
  ///
  /// - Parameter columns: of the table `t`; `value` gets the key's name and a row that has them from 2 on.
  mutating func forEach<Value>(
    _ table: String, _ columns: String, value: (String, Row) throws -> Value,
    body: (_ run: Int64, [Value]) throws -> Void
  ) throws {
    let statement = try db.cachedStatement(
      sql: """
        SELECT t.run, t.key, \(columns)
        FROM json_each(?) AS wanted CROSS JOIN \(table) AS t ON t.run = wanted.value
        """)
    var run: Int64?
    var (keys, values): ([Int64], [Value]) = ([], [])
    var (ordered, order): ([Int64], [Int]) = ([], [])
    func finish() throws {
      guard let run else { return }
      if keys != ordered { (ordered, order) = (keys, self.order(of: keys)) }
      try body(run, order.map { values[$0] })
      keys.removeAll(keepingCapacity: true)
      values.removeAll(keepingCapacity: true)
    }
    let rows = try Row.fetchCursor(statement, arguments: [list])
    while let row = try rows.next() {
      let (next, key): (Int64, Int64) = (row[0], row[1])
      if next != run {
        try finish()
        run = next
      }
      keys.append(key)
      values.append(try value(try name(of: key), row))
    }
    try finish()
  }

  private mutating func name(of key: Int64) throws -> String {
    if let name = names[key] { return name }
    let statement = try db.cachedStatement(sql: "SELECT name FROM keys WHERE id = ?")
    let name = try String.fetchOne(statement, arguments: [key]) ?? ""
    names[key] = name
    return name
  }

  /// The places of keys, by their names.
  private func order(of keys: [Int64]) -> [Int] {
    let names = keys.map { Array((self.names[$0] ?? "").utf8) }
    return keys.indices.sorted { names[$0].lexicographicallyPrecedes(names[$1]) }
  }
}
