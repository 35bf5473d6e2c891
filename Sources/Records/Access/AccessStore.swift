import GRDB
import Platform
import Synchronization
import SystemPackage

/// Who may use a server and for what: `access.db` beside the records, readable by its owner only.
///
/// All of it but the audit is held in memory as an ``AccessBook``. Another process may change it at any time (the
/// command line beside a running server), which is asked of SQLite before each use, so that a password that was changed
/// or a token that was revoked is refused from then on.
package final class AccessStore: Sendable {
  package let file: FilePath
  let writer: DatabaseQueue
  private let reader: DatabaseQueue
  /// What everybody may who has no grant.
  package let defaultLevel: AccessLevel

  private struct Held {
    var book: AccessBook
    var dataVersion: Int64
    var revision: Int64
  }

  private let held: Mutex<Held>

  /// Opens the database, and makes it when there is none.
  package init(in folder: FilePath, defaultLevel: AccessLevel = .read) throws {
    let folder = try FileSystem.absolute(folder)
    try FileSystem.createDirectory(folder)
    let file = AccessStore.file(in: folder)
    if !FileSystem.exists(file) { try FileSystem.write([], to: file, mode: 0o600) }
    self.file = file
    self.defaultLevel = defaultLevel
    (writer, reader) = try RecordStore.explaining(file) {
      let writer = try DatabaseQueue(path: file.string, configuration: AccessStore.configuration)
      try AccessStore.prepare(writer, file)
      return (
        writer, try DatabaseQueue(path: file.string, configuration: AccessStore.configuration)
      )
    }
    held = Mutex(Held(book: AccessBook(), dataVersion: -1, revision: -1))
    _ = try book()
  }

  package static func file(in folder: FilePath) -> FilePath { folder.appending("access.db") }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(RecordStore.patience)
    configuration.label = "access"
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -500")
    }
    return configuration
  }

  private static func prepare(_ queue: DatabaseQueue, _ file: FilePath) throws {
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA journal_mode = WAL")
      try db.inTransaction(.immediate) {
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        let application = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        switch (application, version) {
        case (0, 0): try AccessSchema.create(db)
        case (AccessSchema.applicationID, AccessSchema.version): break
        case (AccessSchema.applicationID, _): throw RecordStore.newer(file, version)
        default: throw RecordStore.foreign(file)
        }
        return .commit
      }
    }
  }

  /// Everything as it stands now.
  package func book() throws -> AccessBook {
    try RecordStore.explaining(file) {
      try reader.unsafeRead { db in
        let now = try Int64.fetchOne(db.cachedStatement(sql: "PRAGMA data_version")) ?? 0
        if let book = held.withLock({ $0.dataVersion == now ? $0.book : nil }) { return book }
        var book: AccessBook?
        var revision: Int64 = 0
        try db.inTransaction(.deferred) {
          revision = try Int64.fetchOne(db, sql: "SELECT number FROM revision") ?? 0
          book = try held.withLock { $0.revision == revision ? $0.book : nil } ?? AccessBook(db)
          return .commit
        }
        guard var book else { throw Failure(.bug, "a transaction ended without a result") }
        book.defaultLevel = defaultLevel
        held.withLock { $0 = Held(book: book, dataVersion: now, revision: revision) }
        return book
      }
    }
  }

  /// Changes users, roles, grants or tokens: all or nothing, and on the disk when this returns.
  func change<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try RecordStore.explaining(file) {
      try writer.writeWithoutTransaction { db in
        // The level can only be changed outside of a transaction.
        try db.execute(sql: "PRAGMA synchronous = FULL")
        defer { try? db.execute(sql: "PRAGMA synchronous = NORMAL") }
        var value: Value?
        try db.inTransaction(.immediate) {
          value = try body(db)
          try db.execute(sql: "UPDATE revision SET number = number + 1")
          return .commit
        }
        guard let value else { throw Failure(.bug, "a transaction ended without a result") }
        return value
      }
    }
  }
}
