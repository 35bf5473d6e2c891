import Formats
import Platform
import Records

extension ServerTarget {
  package func take(_ model: ForeignModel) throws -> Bool {
    if isDry { return true }
    guard let there = try made(model) else { return false }
    let isNew = newModels.remove(model.model.id) != nil
    let item = try server.get(ServerSource.api + "logged-models/\(there.id)", [])["model"]
    // A model is pending until it is told that it is not.
    let status = model.model.status == .failed ? LoggedModelStatus.failed : .ready
    if model.model.status != .pending, item?["info"]?.text("status") != status.apiName {
      _ = try ask(
        "logged-models/\(there.id)",
        ["model_id": .string(there.id), "status": .string(status.apiName)], method: "PATCH")
    }
    try sendMetrics(
      of: model.model, to: there.id, known: item?["data"]?["metrics"]?.array?.count ?? 0)
    return isNew
  }

  /// The model of the server's that is ours: found by its tag, or made; nil for one that is deleted here, which a server
  /// cannot be told of.
  private func made(_ model: ForeignModel) throws -> (id: String, artifacts: String)? {
    if let known = models[model.model.id] { return known }
    guard let experiment = experiment(model.experiment), !model.model.isDeleted else { return nil }
    let ours = model.model
    var info = try found(ours.id, in: experiment)
    let isMissing = info == nil
    if isMissing {
      _ = try opened(model.experiment)
      var body: [JSONValue.Member] = [
        .init("experiment_id", .string(experiment)), .init("name", .string(ours.name)),
        .init("tags", .array((ours.tags + [Tag(Self.idTag, ours.id)]).map(\.api))),
        .init("params", .array(ours.params.map { Tag($0.key, $0.value).api })),
      ]
      if let type = ours.modelType { body.append(.init("model_type", .string(type))) }
      if let run = ours.sourceRun.flatMap({ RunID($0) }).flatMap({ runs[$0]?.id }) {
        body.append(.init("source_run_id", .string(run)))
      }
      info = try ask("logged-models", .object(body), mayRepeat: false)["model"]?["info"]
    }
    if isMissing { newModels.insert(ours.id) }
    guard let info, let id = info.text("model_id") else {
      throw Failure(.invalid, "`\(name)` made a model and does not tell its id")
    }
    let there = (id, info.text("artifact_uri") ?? "")
    models[ours.id] = there
    return there
  }

  /// What the server tells of the model that has our id, or remembers it.
  private func found(_ id: String, in experiment: String) throws -> JSONValue? {
    do {
      return try server.get(ServerSource.api + "logged-models/\(id)", [])["model"]?["info"]
    } catch let failure as Failure where failure.code == .notFound {
      let models = try ask(
        "logged-models/search",
        [
          "experiment_ids": [.string(experiment)], "max_results": 1,
          "filter": .string("tags.`\(Self.idTag)` = '\(id)'"),
        ])
      return models["models"]?.array?.first?["info"]
    }
  }

  package func artifacts(of model: ForeignModel) throws -> (any ArtifactPlace)? {
    if isDry { return NowhereYet() }
    guard let there = try made(model) else { return nil }
    return try place(there.artifacts, "model \(model.model.id)")
  }

  package func take(_ model: ForeignRegisteredModel) throws -> (
    isNew: Bool, versions: Int, conflicts: [String]
  ) {
    let name = model.model.name
    let isNew = try lacks("registered-models/get", [("name", name)])
    if isDry { return (isNew, isNew ? model.versions.count : 0, []) }
    if isNew {
      var body: [JSONValue.Member] = [
        .init("name", .string(name)), .init("tags", .array(model.model.tags.map(\.api))),
      ]
      if let text = model.model.description { body.append(.init("description", .string(text))) }
      _ = try ask("registered-models/create", .object(body))
    }
    var (added, conflicts) = (0, [String]())
    let wanted = Dictionary(model.versions.map { ($0.number, $0) }) { $1 }
    for number in 1...max(1, min(model.lastVersion, 100_000)) {
      let isThere = try !lacks(
        "model-versions/get", [("name", name), ("version", "\(number)")])
      if isThere { continue }
      guard let version = wanted[number] else {
        if isNew, number <= model.lastVersion { try burn(number, of: name) }
        continue
      }
      if let text = try send(version, isNew) { conflicts.append(text) } else { added += 1 }
    }
    for alias in model.model.aliases {
      _ = try? ask(
        "registered-models/alias",
        [
          "name": .string(name), "alias": .string(alias.name),
          "version": .string("\(alias.version)"),
        ])
    }
    return (isNew, added, conflicts)
  }

  private func lacks(_ path: String, _ fields: [(String, String)]) throws -> Bool {
    do {
      _ = try server.get(ServerSource.api + path, fields)
      return false
    } catch let failure as Failure where failure.code == .notFound {
      return true
    }
  }

  /// Takes a number that was deleted here: a version is made and deleted.
  private func burn(_ number: Int64, of name: String) throws {
    let made = try ask(
      "model-versions/create", ["name": .string(name), "source": "s3://deleted/deleted"],
      mayRepeat: false)
    let version = made["model_version"]?.text("version") ?? "\(number)"
    _ = try ask(
      "model-versions/delete", ["name": .string(name), "version": .string(version)],
      method: "DELETE")
  }

  /// Makes a version; gives why it has another number than here.
  private func send(_ version: ModelVersion, _ isNew: Bool) throws -> String? {
    var body: [JSONValue.Member] = [
      .init("name", .string(version.model)), .init("tags", .array(version.tags.map(\.api))),
    ]
    var source = version.source
    if let id = version.loggedModel, let there = models[id] {
      body.append(.init("model_id", .string(there.id)))
      if source == "models:/\(id)" { source = "models:/\(there.id)" }
    }
    if let run = version.runID.flatMap({ RunID($0) }), let there = runs[run] {
      body.append(.init("run_id", .string(there.id)))
      source = Self.moved(source, run.hex, there)
    }
    body.append(.init("source", .string(source)))
    if let text = version.description { body.append(.init("description", .string(text))) }
    if let link = version.runLink { body.append(.init("run_link", .string(link))) }
    let made = try ask("model-versions/create", .object(body), mayRepeat: false)
    let number = made["model_version"]?.text("version") ?? ""
    if version.stage != .none {
      _ = try ask(
        "model-versions/transition-stage",
        [
          "name": .string(version.model), "version": .string(number),
          "stage": .string(version.stage.rawValue), "archive_existing_versions": false,
        ])
    }
    return number == "\(version.number)"
      ? nil : "version \(version.number) of `\(version.model)` is version \(number) on `\(name)`"
  }

  /// An address of artifacts of a run of ours, at its run of the server's.
  private static func moved(
    _ source: String, _ run: String, _ there: (id: String, artifacts: String)
  ) -> String {
    if source.hasPrefix("runs:/\(run)/") {
      return "runs:/\(there.id)/" + source.dropFirst("runs:/\(run)/".count)
    }
    guard case .proxied(let names) = ArtifactURI(source), names.count > 2, names[1] == run,
      names[2] == "artifacts"
    else { return source }
    return ([there.artifacts] + names.dropFirst(3)).joined(separator: "/")
  }
}
