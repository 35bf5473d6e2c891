import GRDB
import Platform
import SystemPackage

extension RecordStore {
  /// Counts and measures every table and index. Reads the whole file once.
  package func sizes() throws -> StoreSizes {
    try reading { db in
      func number(_ sql: String) throws -> Int64 { try Int64.fetchOne(db, sql: sql) ?? 0 }
      let pageSize = try number("PRAGMA page_size")
      let file = RecordStore.file(in: folder)
      return StoreSizes(
        file: try number("PRAGMA page_count") * pageSize,
        log: try FileSystem.status(FilePath(file.string + "-wal"))?.size ?? 0,
        free: try number("PRAGMA freelist_count") * pageSize, pageSize: pageSize,
        version: Int(try number("PRAGMA user_version")),
        experiments: try number("SELECT count(*) FROM experiments WHERE deleted IS NULL"),
        runs: try number("SELECT count(*) FROM runs WHERE deleted IS NULL"),
        deletedRuns: try number("SELECT count(*) FROM runs WHERE deleted IS NOT NULL"),
        parts: try parts(db))
    }
  }

  /// Rows are counted from the pages, which are read for the sizes anyway: a table with row ids has its rows in the
  /// leaves of its tree, the others and the indexes also in the branches.
  private func parts(_ db: Database) throws -> [StoreSizes.Part] {
    let withoutRowID = Set(
      try String.fetchAll(db, sql: "SELECT name FROM pragma_table_list WHERE wr = 1"))
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT s.name, o.type, o.tbl_name, sum(s.pgsize),
          sum(CASE WHEN s.pagetype = 'leaf' THEN s.ncell ELSE 0 END),
          sum(CASE WHEN s.pagetype = 'overflow' THEN 0 ELSE s.ncell END)
        FROM dbstat AS s JOIN sqlite_schema AS o ON o.name = s.name
        GROUP BY s.name ORDER BY sum(s.pgsize) DESC, s.name
        """)
    return rows.map { row in
      let name: String = row[0]
      let isTable = (row[1] as String) == "table"
      return StoreSizes.Part(
        name: name, table: isTable ? nil : row[2],
        rows: isTable && !withoutRowID.contains(name) ? row[4] : row[5], bytes: row[3])
    }
  }
}
