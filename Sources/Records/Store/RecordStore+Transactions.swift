import GRDB
import Platform

extension RecordStore {
  /// Reads from one state of the database, whatever others write meanwhile.
  func reading<T>(_ body: (Database) throws -> T) throws -> T {
    try telling {
      try database.unsafeReentrantRead { db in
        if let joined = try joined(db, body) { return joined }
        return try transaction(db, .deferred) { try body(db) }
      }
    }
  }

  /// Writes all or nothing.
  ///
  /// - Parameter durably: whether the change must be on the disk when the call returns, so that it survives a power
  ///   cut (with all that was written before it).
  func writing<T>(durably: Bool = false, _ body: (Database) throws -> T) throws -> T {
    try telling {
      try database.unsafeReentrantWrite { db in
        if let joined = try joined(db, body) {
          if durably { notes.requireFlush() }
          return joined
        }
        // The level can only be changed outside of a transaction.
        if durably { try db.cachedStatement(sql: "PRAGMA synchronous = FULL").execute() }
        defer {
          if durably { try? db.cachedStatement(sql: "PRAGMA synchronous = NORMAL").execute() }
        }
        return try transaction(db, .immediate) { try body(db) }
      }
    }
  }

  /// Writes all or nothing, with names of metrics, parameters and tags.
  func recording<T>(
    durably: Bool = false, _ body: (Database, KeyIDs) throws -> T
  ) throws -> T {
    try writing(durably: durably) { db in try body(db, KeyIDs(self, db)) }
  }

  /// What a closure gives in the transaction that runs already; nil when none does.
  private func joined<T>(_ db: Database, _ body: (Database) throws -> T) throws -> T? {
    if db.isInsideTransaction { return try body(db) }
    // A transaction of a server's that has ended is not begun again behind its back.
    guard !isJoined else { throw RecordStore.lostTransaction(folder) }
    return nil
  }

  /// The outermost door of a command: errors of the database and refusals become failures for a person.
  ///
  /// In a server's transaction they go through as they are.
  func telling<T>(_ body: () throws -> T) throws -> T {
    guard !isJoined else { return try body() }
    do {
      return try RecordStore.explaining(RecordStore.file(in: folder), body)
    } catch let refusal as RecordFailure {
      throw refusal.failure
    }
  }

  /// Runs a transaction, and remembers the names that it met once it is committed.
  func transaction<T>(
    _ db: Database, _ kind: Database.TransactionKind, _ body: () throws -> T
  ) throws -> T {
    var result: Result<T, any Error>?
    do {
      try db.inTransaction(kind) {
        let value = try body()
        result = .success(value)
        return .commit
      }
    } catch {
      _ = notes.takeAll()
      throw error
    }
    keyCache.merge(notes.takeAll().names)
    guard let result else { throw Failure(.bug, "a transaction ended without a result") }
    return try result.get()
  }
}
