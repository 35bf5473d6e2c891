import GRDB
import Platform

/// Loads logged models by their row numbers, with what belongs to them, in a few statements for all of them.
struct LoggedModelReader {
  let store: RecordStore
  let db: Database

  /// The row number of a model, of a deleted one too.
  ///
  /// - Throws: ``RecordFailure`` when there is none.
  func number(_ id: String) throws -> Int64 {
    let statement = try db.cachedStatement(sql: "SELECT number FROM logged_models WHERE id = ?")
    guard let number = try Int64.fetchOne(statement, arguments: [id]) else {
      throw RecordFailure.noLoggedModel(id)
    }
    return number
  }

  /// A model that is not deleted; nil when there is none.
  func model(_ id: String) throws -> LoggedModel? {
    let statement = try db.cachedStatement(
      sql: "SELECT number FROM logged_models WHERE id = ? AND deleted IS NULL")
    return try Int64.fetchOne(statement, arguments: [id]).flatMap { try models([$0]).first }
  }

  /// The models of some row numbers, in the order given.
  func models(_ numbers: [Int64]) throws -> [LoggedModel] {
    guard !numbers.isEmpty else { return [] }
    let list = RegistryReader.list(numbers)
    var models: [Int64: LoggedModel] = [:]
    try each(
      """
      SELECT m.number, m.id, m.experiment, m.name, m.created, m.updated, m.status, m.status_message,
        \(Self.artifactURI("m")), m.model_type, m.source_run, m.deleted
      FROM json_each(?) AS wanted CROSS JOIN logged_models AS m ON m.number = wanted.value
      """, list
    ) { models[$0[0]] = Self.model($0) }
    try each(Self.pairs("logged_model_tags"), list) { row in
      models[row[0]]?.tags.append(Tag(row[1], row[2]))
    }
    try each(Self.pairs("logged_model_params"), list) { row in
      models[row[0]]?.params.append(Param(row[1], row[2]))
    }
    try each(
      """
      SELECT t.model, t.key, t.value, t.timestamp, t.step, t.run, t.dataset_name, t.dataset_digest
      FROM json_each(?) AS wanted CROSS JOIN logged_model_metrics AS t ON t.model = wanted.value
      ORDER BY t.key, t.timestamp, t.step, t.run
      """, list
    ) { row in
      let value = Double.fromDatabaseValue(row[2]) ?? .nan
      models[row[0]]?.metrics.append(
        LoggedModelMetric(
          metric: Metric(row[1], value, timestamp: row[3], step: row[4]), run: row[5],
          datasetName: row[6], datasetDigest: row[7]))
    }
    return numbers.compactMap { models[$0] }
  }

  /// SQL for where the files of a row of `logged_models` are.
  static func artifactURI(_ row: String) -> String {
    """
    coalesce(\(row).artifact_uri, 'mlflow-artifacts:/' || \(row).experiment || '/models/' || \(row).id || '/artifacts')
    """
  }

  private static func model(_ row: Row) -> LoggedModel {
    LoggedModel(
      id: row[1], experiment: ExperimentID(number: row[2]), name: row[3], created: row[4],
      updated: row[5], status: LoggedModelStatus(rawValue: row[6]) ?? .unspecified,
      statusMessage: row[7], artifactURI: row[8], modelType: row[9], sourceRun: row[10],
      isDeleted: row[11] as Int64? != nil, tags: [], params: [], metrics: [])
  }

  private static func pairs(_ table: String) -> String {
    """
    SELECT t.model, t.key, t.value FROM json_each(?) AS wanted
    CROSS JOIN \(table) AS t ON t.model = wanted.value ORDER BY t.key
    """
  }

  private func each(_ sql: String, _ list: String, _ body: (Row) throws -> Void) throws {
    let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: [list])
    while let row = try rows.next() { try body(row) }
  }
}
