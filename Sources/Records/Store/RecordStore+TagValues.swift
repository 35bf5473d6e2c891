import GRDB

extension RecordStore {
  /// The values that a tag has on any run, deleted ones too, in the order of their bytes.
  package func values(ofTag key: String) throws -> [String] {
    try reading { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT DISTINCT t.value FROM keys AS k CROSS JOIN tags AS t ON t.key = k.id
          WHERE k.name = ? ORDER BY t.value
          """, arguments: [key])
    }
  }
}
