import GRDB
import Platform

/// The tables of records.db and their versions.
///
/// The version stands in `PRAGMA user_version`, so that looking at it costs one read of the first page; `PRAGMA
/// application_id` tells our files from other SQLite databases. Each version is one transaction.
enum Schema {
  /// What this program writes and reads.
  static let version = migrations.count

  /// `rprs` in ASCII.
  static let applicationID = 0x7270_7273

  private static let migrations: [@Sendable (Database) throws -> Void] = [
    createVersion1, createVersion2, createVersion3,
  ]

  /// What a database file is, as far as its first page tells.
  enum State: Equatable {
    /// Nothing in it yet.
    case empty
    case version(Int)
    /// A database of some other program.
    case foreign
  }

  static func state(_ db: Database) throws -> State {
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    let application = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    if application == applicationID { return .version(version) }
    let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
    return application == 0 && version == 0 && tables == 0 ? .empty : .foreign
  }

  /// Brings the tables to the newest version, inside the caller's transaction.
  static func migrate(_ db: Database, from version: Int) throws {
    guard version < Schema.version else { return }
    for migration in migrations[max(0, version)...] { try migration(db) }
    try db.execute(
      sql: "PRAGMA user_version = \(Schema.version); PRAGMA application_id = \(applicationID)")
  }
}
