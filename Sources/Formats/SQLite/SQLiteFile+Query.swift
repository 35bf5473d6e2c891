import CSQLite

extension SQLiteFile {
  /// What stands in place of a `?` of a query.
  package enum Argument: Sendable, Hashable {
    case text(String)
    case whole(Int64)
  }

  /// Runs a query of ours and hands its rows on, one after the other.
  ///
  /// - Parameters:
  ///   - sql: one statement that only reads.
  ///   - row: its cells are valid until it returns; what it throws ends the query and is thrown on.
  package func query(
    _ sql: String, _ arguments: [Argument] = [], row: (SQLiteRow) throws -> Void
  ) throws {
    let statement = try prepare(sql)
    defer { sqlite3_finalize(statement) }
    for (index, argument) in arguments.enumerated() {
      let place = Int32(truncatingIfNeeded: index + 1)
      switch argument {
      case .whole(let value): sqlite3_bind_int64(statement, place, value)
      case .text(var text):
        text.withUTF8 { bytes in
          // SQLITE_TRANSIENT, which Swift does not import: SQLite makes a copy.
          let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
          _ = bytes.withMemoryRebound(to: CChar.self) {
            sqlite3_bind_text(
              statement, place, $0.baseAddress, Int32(truncatingIfNeeded: $0.count), copies)
          }
        }
      }
    }
    while try step(statement) { try row(SQLiteRow(statement)) }
  }

  /// The names of a table's columns; none when there is no such table.
  package func columns(of table: String) throws -> Set<String> {
    var names: Set<String> = []
    try query("SELECT name FROM pragma_table_info(?)", [.text(table)]) { row in
      if let name = row.text(0) { names.insert(name) }
    }
    return names
  }
}

extension SQLiteRow {
  /// A cell as text, a number in SQLite's spelling; nil when it is missing or holds bytes.
  package func text(_ index: Int) -> String? {
    switch self[index] {
    case .text(let bytes): String(decoding: bytes, as: UTF8.self)
    case .whole(let value): String(value)
    case .number(let value): String(value)
    case .missing, .blob: nil
    }
  }

  /// A cell as a whole number; nil when it is anything else.
  package func whole(_ index: Int) -> Int64? {
    switch self[index] {
    case .whole(let value): value
    case .number(let value): Int64(exactly: value)
    case .text(let bytes): Int64(String(decoding: bytes, as: UTF8.self))
    case .missing, .blob: nil
    }
  }

  /// A cell as a number; nil when it is anything else.
  package func number(_ index: Int) -> Double? {
    switch self[index] {
    case .whole(let value): Double(value)
    case .number(let value): value
    case .text(let bytes): Double(String(decoding: bytes, as: UTF8.self))
    case .missing, .blob: nil
    }
  }
}
