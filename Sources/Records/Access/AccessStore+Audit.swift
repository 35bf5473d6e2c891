import GRDB
import Platform

extension AccessStore {
  /// The most entries that are kept; the oldest go.
  package static let auditLimit: Int64 = 100_000

  /// Writes down what was done. Texts are cut, so that strangers cannot fill the disk with them.
  package func audit(_ entry: AuditEntry) throws {
    try RecordStore.explaining(file) {
      try writer.write { db in
        try db.cachedStatement(
          sql: """
            INSERT INTO audit (time, user, address, action, subject, outcome) VALUES (?, ?, ?, ?, ?, ?)
            """
        ).execute(arguments: [
          entry.time, AccessStore.cut(entry.user), AccessStore.cut(entry.address),
          AccessStore.cut(entry.action), AccessStore.cut(entry.subject), entry.outcome,
        ])
        let id = db.lastInsertedRowID
        guard id % 100 == 0 else { return }
        try db.execute(
          sql: "DELETE FROM audit WHERE id <= ?", arguments: [id - AccessStore.auditLimit])
      }
    }
  }

  /// The newest entries, newest first.
  package func audit(newest count: Int, user: String? = nil) throws -> [AuditEntry] {
    try RecordStore.explaining(file) {
      try writer.read { db in
        try Row.fetchAll(
          db,
          sql: """
            SELECT time, user, address, action, subject, outcome FROM audit
            WHERE ?1 IS NULL OR user = ?1 ORDER BY id DESC LIMIT ?2
            """, arguments: [user, count]
        ).map {
          AuditEntry(
            time: $0[0], user: $0[1], address: $0[2], action: $0[3], subject: $0[4], outcome: $0[5])
        }
      }
    }
  }

  private static func cut(_ text: String) -> String {
    let kept = String(text.prefix(200))
    return kept.utf8.count <= 1000 ? kept : String(decoding: kept.utf8.prefix(1000), as: UTF8.self)
  }
}
