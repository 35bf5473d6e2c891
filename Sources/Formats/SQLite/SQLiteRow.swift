import CSQLite

/// The row that a query stands at.
package struct SQLiteRow {
  private let statement: OpaquePointer

  /// What a cell holds, whatever type its column declares.
  package enum Cell {
    case missing
    case whole(Int64)
    case number(Double)
    /// UTF-8, as far as the writer kept to it.
    case text(UnsafeBufferPointer<UInt8>)
    case blob
  }

  init(_ statement: OpaquePointer) { self.statement = statement }

  package subscript(index: Int) -> Cell {
    let column = Int32(truncatingIfNeeded: index)
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: return .whole(sqlite3_column_int64(statement, column))
    case SQLITE_FLOAT: return .number(sqlite3_column_double(statement, column))
    case SQLITE_TEXT:
      // In this order: the count is that of the text asked for last.
      let start = sqlite3_column_text(statement, column)
      let count = Int(sqlite3_column_bytes(statement, column))
      return .text(UnsafeBufferPointer(start: start, count: start == nil ? 0 : count))
    case SQLITE_BLOB: return .blob
    default: return .missing
    }
  }
}
