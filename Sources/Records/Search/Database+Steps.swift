import GRDB
import GRDBSQLite

extension Database {
  /// What a closure gives whose statements take at most so many steps of SQLite's machine each; nil when one wanted more.
  func within<T>(steps: Int32, _ body: () throws -> T) throws -> T? {
    sqlite3_progress_handler(sqliteConnection, steps, { _ in 1 }, nil)
    defer { sqlite3_progress_handler(sqliteConnection, 0, nil, nil) }
    do {
      return try body()
    } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT {
      return nil
    }
  }
}
