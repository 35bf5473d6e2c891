import GRDB

extension RecordStore {
  /// Moves the log into the database file and empties it, when nobody reads.
  package func emptyLog() throws {
    try RecordStore.explaining(RecordStore.file(in: folder)) {
      try database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    }
  }

  /// Keeps the file from growing past a number of pages of 4 kB (or past what it has already), as a disk that is full would.
  package func limitPages(to count: Int) throws {
    try RecordStore.explaining(RecordStore.file(in: folder)) {
      try database.writeWithoutTransaction {
        try $0.execute(sql: "PRAGMA max_page_count = \(count)")
      }
    }
  }
}
