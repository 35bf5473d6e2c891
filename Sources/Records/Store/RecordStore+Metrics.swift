import GRDB
import Platform

extension RecordStore {
  /// Writes metrics and moves the latest value of each key.
  ///
  /// This is the inner loop of recording: values are bound to the two statements directly, because GRDB's
  /// argument lists cost more than SQLite's insert.
  func insert(_ db: Database, _ metrics: [Metric], of run: Int64, _ keys: KeyIDs) throws {
    guard !metrics.isEmpty else { return }
    var points: [(key: Int64, metric: Metric)] = []
    points.reserveCapacity(metrics.count)
    var latest: [Int64: Metric] = [:]
    var lastKey: (name: String, id: Int64)?
    for metric in metrics {
      let key: Int64
      if let lastKey, lastKey.name == metric.key {
        key = lastKey.id
      } else {
        key = try keys.id(of: metric.key)
        lastKey = (metric.key, key)
      }
      points.append((key, metric))
      if let old = latest[key], !metric.isLater(than: old) { continue }
      latest[key] = metric
    }
    // In the order of the table, so that neighbours are written at one place.
    points.sort {
      ($0.key, $0.metric.step, $0.metric.timestamp) < ($1.key, $1.metric.step, $1.metric.timestamp)
    }
    var rest = points[...]
    while !rest.isEmpty {
      let count = rest.count < Self.rowsAtOnce ? 1 : Self.rowsAtOnce
      try write(db, rest.prefix(count), of: run)
      rest = rest.dropFirst(count)
    }
    try move(db, latest, of: run)
  }

  /// Points that one statement writes, when there are so many: what a statement costs beside its rows is paid once.
  private static let rowsAtOnce = 32

  private static let insertOne = insert(rows: 1)
  private static let insertMany = insert(rows: rowsAtOnce)

  private static func insert(rows: Int) -> String {
    "INSERT OR IGNORE INTO metrics (run, key, step, timestamp, value) VALUES "
      + Array(repeating: "(?, ?, ?, ?, ?)", count: rows).joined(separator: ", ")
  }

  private func write(
    _ db: Database, _ points: ArraySlice<(key: Int64, metric: Metric)>, of run: Int64
  ) throws {
    let insert = try db.cachedStatement(
      sql: points.count == 1 ? Self.insertOne : Self.insertMany)
    insert.makeReady()
    var place: CInt = 1
    for (key, metric) in points {
      insert.bind(run, at: place)
      insert.bind(key, at: place + 1)
      insert.bind(metric.step, at: place + 2)
      insert.bind(metric.timestamp, at: place + 3)
      if metric.value.isNaN {
        insert.bind("NaN", at: place + 4)
      } else {
        insert.bind(metric.value, at: place + 4)
      }
      place += 5
    }
    try insert.execute()
  }

  private func move(_ db: Database, _ latest: [Int64: Metric], of run: Int64) throws {
    // A NaN counts as 0 between values of the same step and time, as in MLflow.
    let upsert = try db.cachedStatement(
      sql: """
        INSERT INTO latest_metrics (run, key, value, step, timestamp) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE
        SET value = excluded.value, step = excluded.step, timestamp = excluded.timestamp
        WHERE (excluded.step, excluded.timestamp, coalesce(excluded.value, 0))
          > (step, timestamp, coalesce(value, 0))
        """)
    for (key, metric) in latest.sorted(by: { $0.key < $1.key }) {
      upsert.makeReady()
      upsert.bind(run, at: 1)
      upsert.bind(key, at: 2)
      if metric.value.isNaN {
        upsert.bind(DatabaseValue.null, at: 3)
      } else {
        upsert.bind(metric.value, at: 3)
      }
      upsert.bind(metric.step, at: 4)
      upsert.bind(metric.timestamp, at: 5)
      try upsert.execute()
    }
  }

  /// How the points of a metric are ordered.
  package enum HistoryOrder: Sendable {
    /// By step, then time, then value: the order of a curve.
    case step
    /// By time, then step, then value: the order of MLflow's `metrics/get-history`.
    case time
  }

  /// All values of a metric of a run; none when the run never logged it.
  ///
  /// - Throws: ``Failure`` with code `.notFound` for an unknown run.
  package func history(
    of key: String, in run: RunID, order: HistoryOrder = .step, limit: Int? = nil, offset: Int = 0
  ) throws -> [Metric] {
    try reading { db in
      let number = try runNumber(db, run)
      guard let id = try KeyIDs(self, db).known(key) else { return [] }
      let columns =
        switch order {
        case .step: "step, timestamp"
        case .time: "timestamp, step"
        }
      let statement = try db.cachedStatement(
        sql: """
          SELECT value, timestamp, step FROM metrics WHERE run = ? AND key = ?
          ORDER BY \(columns), CASE WHEN typeof(value) = 'text' THEN 0 ELSE value END,
            typeof(value) = 'text'
          LIMIT ? OFFSET ?
          """)
      let rows = try Row.fetchCursor(statement, arguments: [number, id, limit ?? -1, offset])
      var metrics: [Metric] = []
      while let row = try rows.next() {
        let value = Double.fromDatabaseValue(row[0]) ?? .nan
        metrics.append(Metric(key, value, timestamp: row[1], step: row[2]))
      }
      return metrics
    }
  }
}

extension Metric {
  /// MLflow's rule for the latest value: by step, then time, then value; NaN counts as 0.
  func isLater(than other: Metric) -> Bool {
    (step, timestamp, value.isNaN ? 0 : value)
      > (other.step, other.timestamp, other.value.isNaN ? 0 : other.value)
  }
}

extension Statement {
  /// Resets the statement, so that values can be bound one by one before it is executed.
  func makeReady() { setUncheckedArguments(StatementArguments()) }

  /// Binds one value of a statement that is ready.
  func bind(_ value: some StatementBinding, at index: CInt) {
    // Binding fails only for an index that does not exist, or without memory.
    _ = value.bind(to: sqliteStatement, at: index)
  }
}
