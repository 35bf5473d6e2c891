import GRDB

extension RecordStore {
  /// What runs read and made, each content once, of all runs that are recorded, deleted ones too.
  package func distinctFiles() throws -> [RecordedFile] {
    try reading { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT kind, digest, max(size), max(file_count) FROM files
          WHERE digest IS NOT NULL GROUP BY kind, digest ORDER BY kind, digest
          """)
      return rows.compactMap { row in
        RecordedFile.Kind(rawValue: row[0]).map {
          RecordedFile(
            role: .output, path: "", kind: $0, digest: row[1], size: row[2], fileCount: row[3])
        }
      }
    }
  }

  /// The values that a tag has in any run, deleted ones too.
  package func tagValues(of key: String) throws -> Set<String> {
    try reading { db in
      guard let id = try KeyIDs(self, db).known(key) else { return [] }
      return Set(
        try String.fetchAll(
          db, sql: "SELECT DISTINCT value FROM tags WHERE key = ?", arguments: [id]))
    }
  }
}
