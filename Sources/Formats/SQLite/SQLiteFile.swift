import CSQLite
import Platform
import SystemPackage

/// A SQLite database of somebody else's, to be read and left as it is: no journal or shared memory appears beside it.
///
/// One thread uses it at a time.
package final class SQLiteFile {
  /// What each database begins with (sqlite.org/fileformat2.html, section 1.3).
  package static let magic = Array("SQLite format 3\0".utf8)

  private let path: FilePath
  private let handle: OpaquePointer

  /// Opens a database.
  ///
  /// - Throws: ``Failure``, also for one whose latest rows stand in a write-ahead log beside it: to read them would make files, and
  ///   the file's own bytes would not say what was read.
  package init(_ path: FilePath) throws {
    self.path = path
    let real = FileSystem.realPath(path) ?? path
    let log = FilePath(real.string + "-wal")
    if let status = try FileSystem.status(log), status.size > 0 {
      throw Failure(
        .conflict, "`\(path)` has changes that are still in `\(log.lastComponent?.string ?? "")`",
        hint:
          "close what writes to it, or run `sqlite3 \(path) 'PRAGMA wal_checkpoint(TRUNCATE)'`")
    }
    var handle: OpaquePointer?
    let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX
    let code = sqlite3_open_v2(try Self.address(real), &handle, flags, nil)
    guard let handle else { throw Failure(.io, "SQLite cannot open `\(path)`") }
    self.handle = handle
    guard code == SQLITE_OK else { throw failure() }
    // What the file's own schema says is not trusted.
    _ = reprise_sqlite_defend(handle)
    try run("PRAGMA trusted_schema = OFF")
    try run("PRAGMA cell_size_check = ON")
    // One state of the database for all that follows.
    try run("BEGIN")
  }

  /// Opens a database that another program may write to meanwhile, and reads its log with it.
  ///
  /// Each query sees one state of its own, and keeps writers waiting no longer than it runs. A database with a
  /// write-ahead log may get its shared memory beside it, as every reader makes it.
  ///
  /// - Throws: ``Failure``.
  package init(sharing path: FilePath) throws {
    self.path = path
    let real = FileSystem.realPath(path) ?? path
    var handle: OpaquePointer?
    let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX
    let address = "file:\(Self.escaped(real))?mode=ro"
    let code = sqlite3_open_v2(address, &handle, flags, nil)
    guard let handle else { throw Failure(.io, "SQLite cannot open `\(path)`") }
    self.handle = handle
    guard code == SQLITE_OK else { throw failure() }
    _ = reprise_sqlite_defend(handle)
    sqlite3_busy_timeout(handle, 15_000)
    try run("PRAGMA trusted_schema = OFF")
    try run("PRAGMA cell_size_check = ON")
  }

  deinit { sqlite3_close_v2(handle) }

  /// The file as an address: with a write-ahead log's mode, which is empty, as one that nobody changes, because reading it would
  /// begin a log otherwise.
  private static func address(_ path: FilePath) throws -> String {
    let start = try ByteSource(path).read(at: 18, 2) ?? []
    return "file:\(escaped(path))?mode=ro\(start.contains(2) ? "&immutable=1" : "")"
  }

  private static func escaped(_ path: FilePath) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var text: [UInt8] = []
    for byte in path.string.utf8 {
      if byte == 0x25 || byte == 0x3F || byte == 0x23 {
        text += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      } else {
        text.append(byte)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The names of its tables and views, in the order in which they were made; SQLite's own are left out.
  package var tables: [String] {
    get throws {
      let query = """
        SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        ORDER BY rowid
        """
      let statement = try prepare(query)
      defer { sqlite3_finalize(statement) }
      var names: [String] = []
      while try step(statement) {
        if case .text(let name) = SQLiteRow(statement)[0] {
          names.append(String(decoding: name, as: UTF8.self))
        }
      }
      return names
    }
  }

  /// Reads all rows of a table or view in the order in which SQLite gives them, which is the same each time.
  ///
  /// - Parameters:
  ///   - columns: is called once with the names, before the first row.
  ///   - row: its cells are valid until it returns.
  package func read(
    _ table: String, columns: ([String]) throws -> Void, row: (SQLiteRow) throws -> Void
  ) throws {
    let cursor = try rows(of: table)
    try columns(cursor.names)
    while let next = try cursor.next() { try row(next) }
  }

  /// The rows of a table or view, one after the other.
  package func rows(of table: String) throws -> SQLiteCursor {
    let quoted = table.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"")
    return SQLiteCursor(self, try prepare("SELECT * FROM \"\(quoted)\""))
  }

  func prepare(_ query: String) throws -> OpaquePointer {
    var statement: OpaquePointer?
    let code = sqlite3_prepare_v2(handle, query, -1, &statement, nil)
    guard code == SQLITE_OK, let statement else { throw failure() }
    return statement
  }

  private func run(_ query: String) throws {
    guard sqlite3_exec(handle, query, nil, nil, nil) == SQLITE_OK else { throw failure() }
  }

  /// False behind the last row.
  func step(_ statement: OpaquePointer) throws -> Bool {
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw failure()
    }
  }

  func failure() -> Failure {
    let code = sqlite3_errcode(handle)
    let message = String(cString: sqlite3_errmsg(handle))
    switch code {
    case SQLITE_BUSY, SQLITE_LOCKED:
      return Failure(.locked, "somebody else writes to `\(path)` just now", cause: message)
    case SQLITE_CORRUPT, SQLITE_NOTADB:
      return Failure(.corrupt, "the database `\(path)` is damaged", cause: message)
    case SQLITE_NOMEM: return Failure(.io, "there is no memory to read `\(path)`", cause: message)
    default: return Failure(.io, "SQLite cannot read `\(path)`", cause: message)
    }
  }
}
