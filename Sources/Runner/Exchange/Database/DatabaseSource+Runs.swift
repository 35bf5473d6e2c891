import Formats
import Platform
import Records

extension DatabaseSource {
  package func eachRun(
    of experiment: ForeignExperiment, _ body: (ForeignRun) throws -> Void
  ) throws {
    // Only the ids first: the query is over before the work on a run begins.
    var ids: [RunID] = []
    try file.query(
      "SELECT run_uuid FROM runs WHERE experiment_id = ? ORDER BY start_time, run_uuid",
      [.text(experiment.id)]
    ) { row in
      let text = row.text(0) ?? ""
      if let id = RunID(text) {
        ids.append(id)
      } else {
        report.skip(
          Failure(
            .invalid, "`\(text)` in `\(name)` is no id of a run: it has not 32 hexadecimal digits"))
      }
    }
    for id in ids {
      if let run = try run(id, experiment) { try body(run) }
    }
  }

  /// A run with what belongs to it; nil when it has gone meanwhile, or cannot be read, which is told.
  private func run(_ id: RunID, _ experiment: ForeignExperiment) throws -> ForeignRun? {
    let columns = try select(
      """
      name source_name entry_point_name user_id status start_time end_time deleted_time \
      lifecycle_stage artifact_uri
      """, from: "runs")
    var copy: RunCopy?
    try file.query("SELECT \(columns) FROM runs WHERE run_uuid = ?", [.text(id.hex)]) { row in
      guard let status = RunStatus(rawValue: row.text(4) ?? "RUNNING") else {
        return report.skip(
          Failure(
            .invalid, "run \(id) in `\(name)` has the status `\(row.text(4) ?? "")`, which is none")
        )
      }
      let isDeleted = row.text(8) == "deleted"
      let (start, end) = (row.whole(5), row.whole(6))
      copy = RunCopy(
        id: id, name: row.text(0) ?? "", user: row.text(3) ?? "", status: status,
        startTime: start ?? 0, endTime: end,
        deletedTime: isDeleted ? row.whole(7) ?? end ?? start ?? 0 : nil,
        artifactURI: row.text(9), entryPoint: row.text(2)?.nonEmpty,
        sourceName: row.text(1)?.nonEmpty)
    }
    guard var copy else { return nil }
    copy.params = try pairs("params", where: "run_uuid = ?", [.text(id.hex)]).map {
      Param($0.key, $0.value)
    }
    copy.tags = try pairs("tags", where: "run_uuid = ?", [.text(id.hex)]).map {
      Tag($0.key, $0.value)
    }
    copy.datasets = try datasets(of: id)
    try addModels(to: &copy)
    if copy.name.isEmpty {
      copy.name = copy.tags.first { $0.key == Tag.runName }?.value ?? ""
    }
    return ForeignRun(experiment: experiment.id, copy: copy)
  }

  private func datasets(of run: RunID) throws -> [DatasetInput] {
    guard try has("datasets"), try has("inputs") else { return [] }
    var found: [(input: String, dataset: DatasetInput)] = []
    try file.query(
      """
      SELECT i.input_uuid, d.name, d.digest, d.dataset_source_type, d.dataset_source, d.dataset_schema,
        d.dataset_profile
      FROM inputs AS i JOIN datasets AS d ON d.dataset_uuid = i.source_id
      WHERE i.destination_type = 'RUN' AND i.destination_id = ? AND i.source_type = 'DATASET'
      ORDER BY d.name, d.digest
      """, [.text(run.hex)]
    ) { row in
      found.append(
        (
          row.text(0) ?? "",
          DatasetInput(
            name: row.text(1) ?? "", digest: row.text(2) ?? "", sourceType: row.text(3) ?? "",
            source: row.text(4) ?? "", schema: row.text(5), profile: row.text(6))
        ))
    }
    return try found.map { input, dataset in
      var dataset = dataset
      dataset.tags = try pairs("input_tags", "name", where: "input_uuid = ?", [.text(input)]).map {
        Tag($0.key, $0.value)
      }
      return dataset
    }
  }

  private func addModels(to copy: inout RunCopy) throws {
    guard try has("inputs") else { return }
    let step = try select("step", from: "inputs")
    var found = copy
    try file.query(
      """
      SELECT source_type, destination_id, \(step) FROM inputs
      WHERE source_id = ? AND source_type IN ('RUN_INPUT', 'RUN_OUTPUT')
        AND destination_type IN ('MODEL_INPUT', 'MODEL_OUTPUT') ORDER BY rowid
      """, [.text(copy.id.hex)]
    ) { row in
      guard let model = row.text(1) else { return }
      if row.text(0) == "RUN_INPUT" {
        found.modelInputs.append(model)
      } else {
        found.modelOutputs.append(ModelUse(model: model, step: row.whole(2) ?? 0))
      }
    }
    copy = found
  }

  package func pointCount(of run: ForeignRun) throws -> Int? {
    var count: Int?
    try file.query(
      "SELECT count(*) FROM metrics WHERE run_uuid = ?", [.text(run.copy.id.hex)]
    ) { count = $0.whole(0).map(Int.init) }
    return count
  }

  package func eachBatch(of run: ForeignRun, _ body: ([Metric]) throws -> Void) throws {
    let nan = try select("is_nan", from: "metrics")
    // In the order in which they are to be stored, where an index gives it without sorting.
    let order = try hasIndexByStep ? " ORDER BY key, step" : ""
    var batch: [Metric] = []
    batch.reserveCapacity(10_000)
    var key = ""
    try file.query(
      "SELECT key, value, timestamp, step, \(nan) FROM metrics WHERE run_uuid = ?\(order)",
      [.text(run.copy.id.hex)]
    ) { row in
      if case .text(let bytes) = row[0] {
        if !key.utf8.elementsEqual(bytes) { key = String(decoding: bytes, as: UTF8.self) }
      } else {
        key = row.text(0) ?? ""
      }
      let value = row.whole(4) == 1 ? .nan : row.number(1) ?? .nan
      batch.append(Metric(key, value, timestamp: row.whole(2) ?? 0, step: row.whole(3) ?? 0))
      if batch.count == 10_000 {
        try body(batch)
        batch.removeAll(keepingCapacity: true)
      }
    }
    if !batch.isEmpty { try body(batch) }
  }

  private var hasIndexByStep: Bool {
    get throws {
      var found = false
      try file.query(
        "SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = 'index_metrics_run_uuid_key_step'"
      ) { _ in found = true }
      return found
    }
  }
}

extension String {
  /// Nil when there is nothing in it.
  var nonEmpty: String? { isEmpty ? nil : self }
}
