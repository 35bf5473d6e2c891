import Formats
import Platform
import Records

extension FolderSource {
  package func eachModel(
    of experiment: ForeignExperiment, _ body: (ForeignModel) throws -> Void
  ) throws {
    let place = place(of: experiment) + ["models"]
    for name in try files.folders(place) {
      guard let meta = try meta(place + [name]) else { continue }
      guard (meta.text("model_id") ?? name) == name, name.hasPrefix("m-") else {
        report.skip(
          meta.failure(
            "the model calls itself `\(meta.text("model_id") ?? "")`, and its folder `\(name)`"))
        continue
      }
      let status = meta.whole("status").flatMap { LoggedModelStatus(rawValue: Int(clamping: $0)) }
      var model = LoggedModel(
        id: name, experiment: .defaultExperiment, name: meta.text("name") ?? "",
        created: meta.whole("creation_timestamp") ?? 0,
        updated: meta.whole("last_updated_timestamp") ?? 0, status: status ?? .pending,
        statusMessage: meta.text("status_message"),
        artifactURI: meta.text("artifact_location") ?? "", modelType: meta.text("model_type"),
        sourceRun: meta.text("source_run_id"),
        isDeleted: meta.text("lifecycle_stage") == "deleted")
      model.tags = try values(place + [name, "tags"]).map { Tag($0.key, $0.value) }
      model.params = try values(place + [name, "params"]).map { Param($0.key, $0.value) }
      model.metrics = try metrics(of: place + [name, "metrics"])
      folders[name] = place + [name]
      try body(ForeignModel(experiment: experiment.id, model: model))
    }
  }

  private func metrics(of place: [String]) throws -> [LoggedModelMetric] {
    var found: [LoggedModelMetric] = []
    try files.eachFile(below: place) { key in
      let path = place + key.split(separator: "/").map(String.init)
      try MetricLines(files, path).each { line in
        guard let run = line.rest.first else { return }
        found.append(
          LoggedModelMetric(
            metric: Metric(key, line.value, timestamp: line.timestamp, step: line.step), run: run,
            datasetName: line.rest.count == 3 ? line.rest[1] : nil,
            datasetDigest: line.rest.count == 3 ? line.rest[2] : nil))
      }
    }
    return found
  }

  package func eachRegisteredModel(_ body: (ForeignRegisteredModel) throws -> Void) throws {
    for name in try files.folders(["models"]) {
      let place = ["models", name]
      guard let meta = try meta(place) else { continue }
      var model = RegisteredModel(
        name: meta.text("name") ?? name, created: meta.whole("creation_timestamp") ?? 0,
        updated: meta.whole("last_updated_timestamp") ?? 0, description: meta.text("description"))
      model.tags = try values(place + ["tags"]).map { Tag($0.key, $0.value) }
      model.aliases = try values(place + ["aliases"]).compactMap { alias in
        Int64(alias.value.filter { !$0.isWhitespace }).map {
          ModelAlias(name: alias.key, version: $0)
        }
      }
      let (versions, last) = try versions(place, model.name)
      try body(ForeignRegisteredModel(model: model, versions: versions, lastVersion: last))
    }
  }

  private func versions(
    _ place: [String], _ model: String
  ) throws -> ([ModelVersion], last: Int64) {
    var found: [ModelVersion] = []
    var last: Int64 = 0
    for name in try files.folders(place) where name.hasPrefix("version-") {
      guard let number = Int64(name.dropFirst("version-".count)), number > 0 else {
        report.skip(Failure(.invalid, "`\(files.shown(place + [name]))` is no version of a model"))
        continue
      }
      guard let meta = try meta(place + [name]) else { continue }
      last = max(last, number)
      let stage = meta.text("current_stage") ?? "None"
      if stage == ForeignStage.deleted { continue }
      let source = meta.text("source") ?? ""
      found.append(
        ModelVersion(
          model: model, number: number, created: meta.whole("creation_timestamp") ?? 0,
          updated: meta.whole("last_updated_timestamp") ?? 0,
          description: meta.text("description"), user: meta.text("user_id"),
          stage: ForeignStage.stage(stage), source: source,
          storage: meta.text("storage_location"), runID: meta.text("run_id"),
          runLink: meta.text("run_link"),
          loggedModel: meta.text("model_id") ?? ForeignStage.loggedModel(source),
          tags: try values(place + [name, "tags"]).map { Tag($0.key, $0.value) }))
    }
    return (found.sorted { $0.number < $1.number }, last)
  }
}
