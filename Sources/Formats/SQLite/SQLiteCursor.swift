import CSQLite

/// Goes through the rows of a table or view in the order in which SQLite gives them, which is the same each time.
package final class SQLiteCursor {
  /// The names of its columns.
  package let names: [String]
  /// What its columns are declared as, in the words of whoever made it; nil where nothing is.
  package let declaredTypes: [String?]

  private let file: SQLiteFile
  private let statement: OpaquePointer

  init(_ file: SQLiteFile, _ statement: OpaquePointer) {
    self.file = file
    self.statement = statement
    let columns = 0..<sqlite3_column_count(statement)
    names = columns.map { index in
      sqlite3_column_name(statement, index).map { String(cString: $0) } ?? ""
    }
    declaredTypes = columns.map { index in
      sqlite3_column_decltype(statement, index).map { String(cString: $0) }
    }
  }

  deinit { sqlite3_finalize(statement) }

  /// The next row, valid until the one behind it is asked for; nil behind the last.
  package func next() throws -> SQLiteRow? {
    try file.step(statement) ? SQLiteRow(statement) : nil
  }
}
