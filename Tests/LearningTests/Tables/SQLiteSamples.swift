import CSQLite

/// Databases, made by SQLite.
enum SQLiteSamples {
  /// What the statements make, as the bytes of a file; empty when they do not run.
  static func bytes(_ statements: String) -> [UInt8] {
    var handle: OpaquePointer?
    defer { sqlite3_close(handle) }
    guard sqlite3_open(":memory:", &handle) == SQLITE_OK,
      sqlite3_exec(handle, "PRAGMA page_size = 512;" + statements, nil, nil, nil) == SQLITE_OK
    else { return [] }
    var size: Int64 = 0
    guard let start = sqlite3_serialize(handle, "main", &size, 0) else { return [] }
    defer { sqlite3_free(start) }
    return Array(UnsafeBufferPointer(start: start, count: Int(size)))
  }
}
