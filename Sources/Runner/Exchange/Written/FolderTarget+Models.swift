import Platform
import Records

extension FolderTarget {
  package func take(_ model: ForeignModel) throws -> Bool {
    guard let experiment = places[model.experiment] else { return false }
    let ours = model.model
    let place = experiment + ["models", ours.id]
    if try folder.status(place + ["meta.yaml"]) != nil { return false }
    for part in ["tags", "params", "metrics"] {
      try folder.remove(place + [part])
      try folder.makeFolder(place + [part])
    }
    for tag in ours.tags { write(tag.value, to: place + ["tags"], key: tag.key) }
    for param in ours.params { write(param.value, to: place + ["params"], key: param.key) }
    for (key, metrics) in Dictionary(grouping: ours.metrics, by: \.metric.key).sorted(by: {
      $0.key < $1.key
    }) {
      write(metrics.map(Self.line).joined(), to: place + ["metrics"], key: key)
    }
    let id = id(of: model.experiment)
    var uri = location([id, "models", ours.id, "artifacts"])
    if case .remote = ArtifactURI(ours.artifactURI) { uri = ours.artifactURI }
    var meta = MetaFile()
    meta.add("model_id", .text(ours.id))
    meta.add("experiment_id", .text(id))
    meta.add("name", .text(ours.name))
    meta.add("artifact_location", .text(uri))
    meta.add("creation_timestamp", .whole(ours.created))
    meta.add("last_updated_timestamp", .whole(ours.updated))
    meta.add("status", .whole(Int64(ours.status.rawValue)))
    meta.add("status_message", .text(ours.statusMessage))
    meta.add("model_type", .text(ours.modelType))
    meta.add("source_run_id", .text(ours.sourceRun))
    meta.add("lifecycle_stage", .text(ours.isDeleted ? "deleted" : "active"))
    try write(meta, to: place)
    return true
  }

  private static func line(_ one: LoggedModelMetric) -> String {
    let metric = one.metric
    var words = ["\(metric.timestamp)", "\(metric.value)", "\(metric.step)", one.run]
    // A space would make another number of words of it, which MLflow does not read.
    if let name = one.datasetName, let digest = one.datasetDigest,
      !(name + digest).contains(where: \.isWhitespace)
    {
      words += [name, digest]
    }
    return words.joined(separator: " ") + "\n"
  }

  package func take(_ model: ForeignRegisteredModel) throws -> (
    isNew: Bool, versions: Int, conflicts: [String]
  ) {
    let name = model.model.name
    let place = ["models", name]
    let isNew = try folder.status(place + ["meta.yaml"]) == nil
    var (added, conflicts) = (0, [String]())
    // A version that was deleted keeps its number: MLflow gives the one after the highest that it finds.
    let highest = max(model.lastVersion, model.versions.last?.number ?? 0)
    let gone = Set(model.versions.map(\.number))
    if highest > 0, !gone.contains(highest) {
      try writeVersion(
        ModelVersion(
          model: name, number: highest, created: model.model.updated, updated: model.model.updated,
          source: ""), stage: ForeignStage.deleted)
    }
    for version in model.versions {
      let folder = place + ["version-\(version.number)"]
      if try self.folder.status(folder + ["meta.yaml"]) != nil {
        let source = try known?.meta(folder)?.text("source")
        if let source, source != there(version.source) {
          conflicts.append("version \(version.number) of `\(name)` is from `\(source)` already")
        }
        continue
      }
      added += 1
      try writeVersion(version, stage: version.stage.rawValue)
    }
    if isNew {
      for tag in model.model.tags { write(tag.value, to: place + ["tags"], key: tag.key) }
      for alias in model.model.aliases {
        write("\(alias.version)", to: place + ["aliases"], key: alias.name)
      }
      var meta = MetaFile()
      meta.add("name", .text(name))
      meta.add("creation_timestamp", .whole(model.model.created))
      meta.add("last_updated_timestamp", .whole(model.model.updated))
      meta.add("description", .text(model.model.description))
      try write(meta, to: place)
    }
    return (isNew, added, conflicts)
  }

  private func writeVersion(_ version: ModelVersion, stage: String) throws {
    let place = ["models", version.model, "version-\(version.number)"]
    for tag in version.tags { write(tag.value, to: place + ["tags"], key: tag.key) }
    let source = there(version.source)
    var meta = MetaFile()
    meta.add("name", .text(version.model))
    meta.add("version", .whole(version.number))
    meta.add("creation_timestamp", .whole(version.created))
    meta.add("last_updated_timestamp", .whole(version.updated))
    meta.add("description", .text(version.description))
    meta.add("user_id", .text(version.user))
    meta.add("current_stage", .text(stage))
    meta.add("source", .text(source))
    meta.add("storage_location", .text(version.storage.map(there) ?? source))
    meta.add("run_id", .text(version.runID))
    meta.add("run_link", .text(version.runLink))
    meta.add("model_id", .text(version.loggedModel))
    meta.add("status", .text("READY"))
    meta.add("status_message", .text(nil))
    try write(meta, to: place)
  }

  /// Where the files are that an address of ours means: those of runs and logged models are in this folder now.
  private func there(_ uri: String) -> String {
    guard case .proxied(let names) = ArtifactURI(uri), let experiment = names.first,
      places[experiment] != nil
    else { return uri }
    return location([id(of: experiment)] + names.dropFirst())
  }
}
