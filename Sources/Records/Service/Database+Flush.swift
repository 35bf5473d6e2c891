import GRDB
import GRDBSQLite

extension Database {
  /// Puts the write-ahead log on the disk, and with it all that was committed.
  ///
  /// `PRAGMA synchronous` cannot be changed once a transaction has begun, and whether it must be on the disk is known
  /// only after its jobs ran. SQLite's own handle of the log is used: one of ours would add a file.
  func flushLog() throws {
    var log: UnsafeMutablePointer<sqlite3_file>?
    var code = sqlite3_file_control(
      sqliteConnection, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log)
    if code == SQLITE_OK, let log, let sync = log.pointee.pMethods?.pointee.xSync {
      code = sync(log, SQLITE_SYNC_NORMAL)
    }
    guard code == SQLITE_OK else {
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: "flushing the log")
    }
  }
}
