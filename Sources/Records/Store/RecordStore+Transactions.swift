import GRDB
import Platform

extension RecordStore {
  /// Reads from one state of the database, whatever others write meanwhile.
  func reading<T>(_ body: (Database) throws -> T) throws -> T {
    try RecordStore.explaining(RecordStore.file(in: folder)) {
      try database.unsafeRead { db in
        try RecordStore.transaction(db, .deferred) { try body(db) }
      }
    }
  }

  /// Writes all or nothing.
  ///
  /// - Parameter durably: whether the change must be on the disk when the call returns, so that it survives a power
  ///   cut (with all that was written before it).
  func writing<T>(durably: Bool = false, _ body: (Database) throws -> T) throws -> T {
    try RecordStore.explaining(RecordStore.file(in: folder)) {
      try database.writeWithoutTransaction { db in
        // The level can only be changed outside of a transaction.
        if durably { try db.cachedStatement(sql: "PRAGMA synchronous = FULL").execute() }
        defer {
          if durably { try? db.cachedStatement(sql: "PRAGMA synchronous = NORMAL").execute() }
        }
        return try RecordStore.transaction(db, .immediate) { try body(db) }
      }
    }
  }

  /// Writes all or nothing, with names of metrics, parameters and tags.
  func recording<T>(
    durably: Bool = false, _ body: (Database, inout KeyIDs) throws -> T
  ) throws -> T {
    let (value, names) = try writing(durably: durably) { db in
      var keys = KeyIDs(self, db)
      return (try body(db, &keys), keys.fresh)
    }
    remember(names)
    return value
  }

  private static func transaction<T>(
    _ db: Database, _ kind: Database.TransactionKind, _ body: () throws -> T
  ) throws -> T {
    var result: Result<T, any Error>?
    try db.inTransaction(kind) {
      let value = try body()
      result = .success(value)
      return .commit
    }
    guard let result else { throw Failure(.bug, "a transaction ended without a result") }
    return try result.get()
  }
}
