import Formats
import Platform
import Records

extension DatabaseSource {
  package func eachModel(
    of experiment: ForeignExperiment, _ body: (ForeignModel) throws -> Void
  ) throws {
    guard try has("logged_models") else { return }
    let columns = try select(
      """
      model_id name artifact_location creation_timestamp_ms last_updated_timestamp_ms status \
      lifecycle_stage model_type source_run_id status_message
      """, from: "logged_models")
    var found: [LoggedModel] = []
    try file.query(
      "SELECT \(columns) FROM logged_models WHERE experiment_id = ? ORDER BY creation_timestamp_ms, model_id",
      [.text(experiment.id)]
    ) { row in
      guard let id = row.text(0) else { return }
      let status = row.whole(5).flatMap { LoggedModelStatus(rawValue: Int(clamping: $0)) }
      found.append(
        LoggedModel(
          id: id, experiment: .defaultExperiment, name: row.text(1) ?? "",
          created: row.whole(3) ?? 0, updated: row.whole(4) ?? 0, status: status ?? .unspecified,
          statusMessage: row.text(9), artifactURI: row.text(2) ?? "", modelType: row.text(7),
          sourceRun: row.text(8), isDeleted: row.text(6) == "deleted"))
    }
    for var model in found {
      let id = [SQLiteFile.Argument.text(model.id)]
      model.tags = try pairs(
        "logged_model_tags", "tag_key", "tag_value", where: "model_id = ?", id
      ).map { Tag($0.key, $0.value) }
      model.params = try pairs(
        "logged_model_params", "param_key", "param_value", where: "model_id = ?", id
      ).map { Param($0.key, $0.value) }
      model.metrics = try metrics(of: model.id)
      try body(ForeignModel(experiment: experiment.id, model: model))
    }
  }

  private func metrics(of model: String) throws -> [LoggedModelMetric] {
    guard try has("logged_model_metrics") else { return [] }
    var found: [LoggedModelMetric] = []
    try file.query(
      """
      SELECT metric_name, metric_value, metric_timestamp_ms, metric_step, run_id, dataset_name, dataset_digest
      FROM logged_model_metrics WHERE model_id = ?
      ORDER BY metric_name, metric_timestamp_ms, metric_step, run_id
      """, [.text(model)]
    ) { row in
      found.append(
        LoggedModelMetric(
          metric: Metric(
            row.text(0) ?? "", row.number(1) ?? .nan, timestamp: row.whole(2) ?? 0,
            step: row.whole(3) ?? 0), run: row.text(4) ?? "", datasetName: row.text(5),
          datasetDigest: row.text(6)))
    }
    return found
  }

  package func eachRegisteredModel(_ body: (ForeignRegisteredModel) throws -> Void) throws {
    guard try has("registered_models"), try has("model_versions") else { return }
    let columns = try select(
      "name creation_time last_updated_time description", from: "registered_models")
    var found: [RegisteredModel] = []
    try file.query("SELECT \(columns) FROM registered_models ORDER BY name") { row in
      guard let name = row.text(0) else { return }
      found.append(
        RegisteredModel(
          name: name, created: row.whole(1) ?? 0, updated: row.whole(2) ?? row.whole(1) ?? 0,
          description: row.text(3)))
    }
    for var model in found {
      let named = [SQLiteFile.Argument.text(model.name)]
      model.tags = try pairs("registered_model_tags", where: "name = ?", named).map {
        Tag($0.key, $0.value)
      }
      model.aliases = try pairs(
        "registered_model_aliases", "alias", "version", where: "name = ?", named
      ).compactMap { pair in
        Int64(pair.value).map { ModelAlias(name: pair.key, version: $0) }
      }
      let (versions, last) = try versions(of: model.name)
      try body(ForeignRegisteredModel(model: model, versions: versions, lastVersion: last))
    }
  }

  private func versions(of model: String) throws -> ([ModelVersion], last: Int64) {
    let columns = try select(
      """
      version creation_time last_updated_time description user_id current_stage source \
      storage_location run_id run_link
      """, from: "model_versions")
    var found: [ModelVersion] = []
    var last: Int64 = 0
    try file.query(
      "SELECT \(columns) FROM model_versions WHERE name = ? ORDER BY version", [.text(model)]
    ) { row in
      guard let number = row.whole(0), number > 0 else { return }
      last = max(last, number)
      let stage = row.text(5) ?? "None"
      // A number that was deleted stays taken.
      if stage == ForeignStage.deleted { return }
      let source = row.text(6) ?? ""
      found.append(
        ModelVersion(
          model: model, number: number, created: row.whole(1) ?? 0,
          updated: row.whole(2) ?? row.whole(1) ?? 0, description: row.text(3), user: row.text(4),
          stage: ForeignStage.stage(stage), source: source, storage: row.text(7),
          runID: row.text(8), runLink: row.text(9), loggedModel: ForeignStage.loggedModel(source)))
    }
    for index in found.indices {
      found[index].tags = try pairs(
        "model_version_tags", where: "name = ? AND version = ?",
        [.text(model), .whole(found[index].number)]
      ).map { Tag($0.key, $0.value) }
    }
    return (found, last)
  }
}
