import GRDB
import Synchronization

/// The ids of names of metrics, parameters and tags, for one transaction.
struct KeyIDs {
  private let store: RecordStore
  private let db: Database
  /// Names that this transaction met first. They enter the store's memory only after the commit, because the ids of
  /// a transaction that fails are given to other names later.
  private(set) var fresh: [String: Int64] = [:]

  init(_ store: RecordStore, _ db: Database) {
    self.store = store
    self.db = db
  }

  /// The id of a name, if it was ever used.
  func known(_ name: String) throws -> Int64? {
    if let id = fresh[name] { return id }
    if let id = store.keyIDs.withLock({ $0[name] }) { return id }
    guard let id = try stored(name) else { return nil }
    store.remember([name: id])
    return id
  }

  /// The id of a name, made when it has none.
  mutating func id(of name: String) throws -> Int64 {
    if let id = fresh[name] { return id }
    if let id = store.keyIDs.withLock({ $0[name] }) { return id }
    if let id = try stored(name) {
      fresh[name] = id
      return id
    }
    try db.cachedStatement(sql: "INSERT INTO keys (name) VALUES (?)").execute(arguments: [name])
    let id = db.lastInsertedRowID
    fresh[name] = id
    return id
  }

  private func stored(_ name: String) throws -> Int64? {
    try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM keys WHERE name = ?"), arguments: [name])
  }
}

extension RecordStore {
  /// Keeps ids of names that are committed.
  func remember(_ ids: [String: Int64]) {
    guard !ids.isEmpty else { return }
    keyIDs.withLock { known in
      // A bound, so that hostile names cannot exhaust the memory of a server.
      if known.count > 50_000 { known.removeAll() }
      known.merge(ids) { $1 }
    }
  }
}
