import GRDB
import Glibc
import Platform
import SystemPackage

extension RecordStore {
  /// Writes the database anew without the room that nothing uses, and in order.
  ///
  /// SQLite builds a copy in a temporary file, and takes it over through the log: twice what the database holds has to
  /// fit beside it. Others may read meanwhile, and wait with what they write.
  /// - Returns: the size of the file before and after, in bytes.
  /// - Throws: ``Failure`` with code `.noSpace` when there is not enough room, `.locked` while another process writes.
  package func vacuum() throws -> (before: Int64, after: Int64) {
    let before = try sizeAndNeed()
    let free = RecordStore.room(in: folder)
    guard free >= before.need else {
      throw Failure(
        .noSpace,
        """
        vacuum needs \(ByteCount(before.need)) of room in `\(folder)`, and only \
        \(ByteCount(free)) is free
        """, hint: "free some room on that disk; `reprise runs gc` removes deleted runs")
    }
    try telling {
      try database.writeWithoutTransaction { db in
        // In memory, as for sorting, the copy could be too large; beside the file is room, as was seen.
        try db.execute(
          sql: """
            PRAGMA temp_store = FILE;
            PRAGMA temp_store_directory = \(SQLText.literal(folder.string))
            """)
        defer {
          try? db.execute(
            sql: "PRAGMA temp_store_directory = ''; PRAGMA temp_store = MEMORY")
        }
        try db.execute(sql: "VACUUM")
        _ = try? db.checkpoint(.truncate)
      }
    }
    return (before.size, try sizeAndNeed().size)
  }

  private func sizeAndNeed() throws -> (size: Int64, need: Int64) {
    try reading { db in
      func number(_ sql: String) throws -> Int64 { try Int64.fetchOne(db, sql: sql) ?? 0 }
      let page = try number("PRAGMA page_size")
      let pages = try number("PRAGMA page_count")
      return (pages * page, 2 * (pages - (try number("PRAGMA freelist_count"))) * page)
    }
  }

  /// Bytes that are free for this user where a folder is; as many as there can be when the system does not tell.
  private static func room(in folder: FilePath) -> Int64 {
    var room = statvfs()
    guard folder.withPlatformString({ statvfs($0, &room) }) == 0 else { return .max }
    let (free, isTooMuch) = UInt64(room.f_bavail).multipliedReportingOverflow(
      by: UInt64(room.f_frsize))
    return isTooMuch ? .max : Int64(clamping: free)
  }
}
