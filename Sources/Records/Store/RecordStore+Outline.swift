import GRDB
import GRDBSQLite
import Platform

extension RecordStore {
  /// The course of a metric of a run; nothing for a run or metric that is not there.
  ///
  /// The values go by one at a time, so that a million of them take the memory of those that are kept.
  ///
  /// - Parameters:
  ///   - limit: about how many values are kept.
  ///   - steps: only values of these steps.
  ///   - times: only values of these times, in milliseconds since 1970.
  ///   - most: how many values may be read.
  /// - Returns: nil when there are more than `most`.
  package func outline(
    of key: String, in run: RunID, limit: Int, steps: ClosedRange<Int64> = .min ... .max,
    times: ClosedRange<Int64> = .min ... .max, most: Int = .max
  ) throws -> MetricOutline? {
    try reading { db in
      let number = try Int64.fetchOne(
        db.cachedStatement(sql: "SELECT number FROM runs WHERE id = ?"), arguments: [run.hex])
      guard let number, let id = try KeyIDs(self, db).known(key) else { return MetricOutline() }
      let arguments: StatementArguments = [
        number, id, steps.lowerBound, steps.upperBound, times.lowerBound, times.upperBound,
      ]
      let count =
        try Int.fetchOne(
          db.cachedStatement(
            sql: """
              SELECT count(*) FROM (SELECT 1 FROM metrics
                WHERE run = ? AND key = ? AND step BETWEEN ? AND ? AND timestamp BETWEEN ? AND ?
                LIMIT ?)
              """), arguments: arguments + [most == .max ? -1 : most + 1]) ?? 0
      guard count <= most else { return nil }
      let points = try outline(db, key, arguments, count: count, limit: max(4, limit))
      return MetricOutline(count: count, points: points)
    }
  }

  /// Columns are read through SQLite itself: GRDB's rows cost several times the step to the next one.
  private func outline(
    _ db: Database, _ key: String, _ arguments: StatementArguments, count: Int, limit: Int
  ) throws -> [Metric] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT value, timestamp, step FROM metrics
        WHERE run = ? AND key = ? AND step BETWEEN ? AND ? AND timestamp BETWEEN ? AND ?
        ORDER BY step, timestamp, value
        """)
    try statement.setArguments(arguments)
    let row = statement.sqliteStatement
    defer { sqlite3_reset(row) }
    // Short curves stay as they are: each value is a stretch.
    let length = count <= limit ? 1 : (count + limit / 2 - 1) / (limit / 2)
    var points: [Metric] = []
    var stretch = OutlineStretch()
    for place in 0..<count {
      let code = sqlite3_step(row)
      guard code == SQLITE_ROW else {
        if code == SQLITE_DONE { break }
        throw DatabaseError(resultCode: ResultCode(rawValue: code))
      }
      if place > 0, place % length == 0 {
        points += stretch.points
        stretch = OutlineStretch()
      }
      let value = sqlite3_column_type(row, 0) == SQLITE_TEXT ? .nan : sqlite3_column_double(row, 0)
      stretch.take(value, at: place, isEnd: place == 0 || place == count - 1) {
        Metric(
          key, value, timestamp: sqlite3_column_int64(row, 1), step: sqlite3_column_int64(row, 2))
      }
    }
    return points + stretch.points
  }
}
