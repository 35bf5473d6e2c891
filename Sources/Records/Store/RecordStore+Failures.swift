import GRDB
import Platform
import SystemPackage

extension RecordStore {
  /// Runs something on the database and tells its errors as failures that name the file.
  static func explaining<T>(_ file: FilePath, _ body: () throws -> T) throws -> T {
    do { return try body() } catch let error as DatabaseError { throw failure(error, file) }
  }

  static func failure(_ error: DatabaseError, _ file: FilePath) -> Failure {
    let cause = error.message
    switch error.resultCode {
    // The last: in WAL mode others began so many transactions that this one could not for ten seconds.
    case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL:
      return Failure(
        .locked, "`\(file)` is locked by another process",
        hint: "wait until it ends, then run the command again", cause: cause)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      return Failure(
        .corrupt, "`\(file)` is damaged, or not a records database",
        hint: """
          nothing was changed; keep a copy of it, then put a backup in its place, or try: \
          sqlite3 \(file) .recover
          """, cause: cause)
    case .SQLITE_FULL:
      return Failure(
        .noSpace, "cannot write `\(file)`: no space left on the disk",
        hint: "free some room on that disk, then run the command again", cause: cause)
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
      return Failure(
        .permission, "cannot write `\(file)`: it, or its folder, is read-only",
        hint: "make `\(file.removingLastComponent())` writable", cause: cause)
    case .SQLITE_CANTOPEN:
      return Failure(
        .permission, "cannot open `\(file)`",
        hint: "check that `\(file.removingLastComponent())` can be written", cause: cause)
    case .SQLITE_TOOBIG:
      return Failure(.invalid, "a value is too large for `\(file)`", cause: cause)
    case .SQLITE_IOERR:
      return Failure(.io, "cannot read or write `\(file)`", cause: cause)
    default:
      return Failure(.bug, "SQLite refused a statement on `\(file)`", cause: error.description)
    }
  }

  static func newer(_ file: FilePath, _ version: Int) -> Failure {
    Failure(
      .unsupported,
      """
      `\(file)` was written by a newer reprise: its tables have version \(version), this program \
      knows \(Schema.version)
      """, hint: "update reprise")
  }

  static func older(_ file: FilePath) -> Failure {
    Failure(
      .unsupported,
      "`\(file)` was written by an older reprise and cannot be brought up to date here",
      hint: "run a command that records, such as `reprise run`, where the folder can be written")
  }

  static func foreign(_ file: FilePath) -> Failure {
    Failure(
      .conflict, "`\(file)` is a database of another program",
      hint: "move it out of the way; nothing in it was changed")
  }

  static func nothingRecorded(_ file: FilePath) -> Failure {
    Failure(
      .notFound, "nothing is recorded here: there is no `\(file)`",
      hint: "record a run with `reprise run`")
  }
}
