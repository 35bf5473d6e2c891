import GRDB

/// The ids of names of metrics, parameters and tags, for one transaction.
struct KeyIDs {
  private let store: RecordStore
  private let db: Database

  init(_ store: RecordStore, _ db: Database) {
    self.store = store
    self.db = db
  }

  /// The id of a name, if it was ever used.
  func known(_ name: String) throws -> Int64? {
    if let id = store.notes[name] ?? store.keyCache[name] { return id }
    let id = try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM keys WHERE name = ?"), arguments: [name])
    if let id { store.notes.add(name, id) }
    return id
  }

  /// The id of a name, made when it has none.
  func id(of name: String) throws -> Int64 {
    if let id = try known(name) { return id }
    try db.cachedStatement(sql: "INSERT INTO keys (name) VALUES (?)").execute(arguments: [name])
    let id = db.lastInsertedRowID
    store.notes.add(name, id)
    return id
  }
}
