import GRDB
import Platform

extension RecordStore {
  /// One page of the values of a metric by time, step and value; none for a run or metric that is not there.
  package func historyPage(
    of key: String, in run: RunID, limit: Int? = nil, offset: Int = 0
  ) throws -> [Metric] {
    guard try reading({ db in try optionalNumber(db, run) }) != nil else { return [] }
    return try history(of: key, in: run, order: .time, limit: limit, offset: offset)
  }

  /// The values of a metric of several runs by run, time, step and value; runs that are not there are left out.
  ///
  /// - Parameter limit: the most values of all runs together.
  package func histories(
    of key: String, in runs: [RunID], limit: Int
  ) throws -> [(run: RunID, metric: Metric)] {
    try reading { _ in
      var found: [(run: RunID, metric: Metric)] = []
      for run in Set(runs).sorted(by: { $0.hex < $1.hex }) where found.count < limit {
        found += try historyPage(of: key, in: run, limit: limit - found.count).map { (run, $0) }
      }
      return found
    }
  }

  /// At most so many values of a metric of a run, spread evenly over all of them in the order of step, time and value,
  /// with the first and the last among them; only the last when one is wanted. MLflow's bulk interval.
  ///
  /// - Parameter steps: only values of these steps.
  package func sampledHistory(
    of key: String, in run: RunID, limit: Int, steps: ClosedRange<Int64> = .min ... .max
  ) throws -> [Metric] {
    try reading { db in
      guard let number = try optionalNumber(db, run), let id = try KeyIDs(self, db).known(key)
      else { return [] }
      let arguments: StatementArguments = [number, id, steps.lowerBound, steps.upperBound]
      let count =
        try Int.fetchOne(
          db.cachedStatement(
            sql: "SELECT count(*) FROM metrics WHERE run = ? AND key = ? AND step BETWEEN ? AND ?"),
          arguments: arguments) ?? 0
      let wanted = Sample.indices(of: count, limit: max(1, limit))
      return try points(db, key, arguments, at: wanted)
    }
  }

  private func points(
    _ db: Database, _ key: String, _ arguments: StatementArguments, at wanted: [Int]
  ) throws -> [Metric] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT value, timestamp, step FROM metrics WHERE run = ? AND key = ? AND step BETWEEN ? AND ?
        ORDER BY step, timestamp, CASE WHEN typeof(value) = 'text' THEN 0 ELSE value END,
          typeof(value) = 'text'
        """)
    let rows = try Row.fetchCursor(statement, arguments: arguments)
    var metrics: [Metric] = []
    metrics.reserveCapacity(wanted.count)
    var index = 0
    while metrics.count < wanted.count, let row = try rows.next() {
      if index == wanted[metrics.count] {
        let value = Double.fromDatabaseValue(row[0]) ?? .nan
        metrics.append(Metric(key, value, timestamp: row[1], step: row[2]))
      }
      index += 1
    }
    return metrics
  }

  private func optionalNumber(_ db: Database, _ run: RunID) throws -> Int64? {
    try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT number FROM runs WHERE id = ?"), arguments: [run.hex])
  }
}

/// Places spread evenly over a list.
enum Sample {
  /// The first place of each of `limit` parts of a list whose lengths differ by one at most, the longer first (SQL's
  /// `ntile`); the last place of the list stands for the last part's, when there are as many parts as wanted.
  static func indices(of count: Int, limit: Int) -> [Int] {
    guard count > limit else { return Array(0..<max(0, count)) }
    let (length, longer) = count.quotientAndRemainder(dividingBy: limit)
    var starts = (0..<limit).map { $0 * length + min($0, longer) }
    starts[limit - 1] = count - 1
    return starts
  }
}
