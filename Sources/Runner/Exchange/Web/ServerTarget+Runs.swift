import Formats
import Platform
import Records

extension ServerTarget {
  package func meeting(_ run: ForeignRun) throws -> RunMeeting {
    guard let item = try known(run.copy.id), let there = runs[run.copy.id] else { return .absent }
    let experiment = ForeignExperiment(id: "", copy: ExperimentCopy(name: ""))
    guard var other = ServerSource.run(item, experiment, name, report)?.copy else {
      return .conflict("`\(name)` does not tell it")
    }
    // What the server made by itself is no contradiction.
    other.tags.removeAll { $0.key == Self.idTag }
    other.name = run.copy.name
    uses[there.id] = RunUses(run, known: other)
    (other.modelInputs, other.modelOutputs) = (run.copy.modelInputs, run.copy.modelOutputs)
    if let text = other.contradiction(to: run.copy) { return .conflict(text) }
    let isComplete = other.covers(run.copy)
    if other.deletedTime != nil, !isComplete, !isDry {
      _ = try opened(run.experiment)
      _ = try ask("runs/restore", ["run_id": .string(there.id)])
      runsToDelete.append(there.id)
    }
    // In an experiment that is deleted in the end, that says nothing.
    if isComplete, !isToDelete(run.experiment),
      (run.copy.deletedTime == nil) != (other.deletedTime == nil)
    {
      return .agrees(isComplete: false, points: 0)
    }
    // Latest values say enough: the points come before the end.
    return .agrees(isComplete: isComplete, points: nil)
  }

  /// What the server tells of a run that it remembers, or that has our id there: it was imported there as it was here, or
  /// the server serves these very records.
  private func known(_ id: RunID) throws -> JSONValue? {
    do {
      let fields = [("run_id", runs[id]?.id ?? id.hex)]
      let item = try server.get(ServerSource.api + "runs/get", fields)["run"] ?? .null
      if runs[id] == nil { runs[id] = (id.hex, item["info"]?.text("artifact_uri") ?? "") }
      return item
    } catch let failure as Failure where failure.code == .notFound && runs[id] == nil {
      return nil
    }
  }

  package func take(_ run: ForeignRun, points: [Metric], isLast: Bool) throws {
    guard let experiment = try opened(run.experiment) else { return }
    let there: String
    if let known = runs[run.copy.id] {
      there = known.id
    } else {
      there = try create(run, experiment)
    }
    if isLast, uses[there] == nil { uses[there] = RunUses(run) }
    let copy = run.copy
    try log("metrics", points.map(\.api), 1000, to: there)
    guard isLast else { return }
    try log("params", copy.params.map { Tag($0.key, $0.value).api }, 100, to: there)
    try log("tags", copy.tags.map(\.api), 100, to: there)
    for dataset in copy.datasets {
      _ = try ask("runs/log-inputs", ["run_id": .string(there), "datasets": [dataset.api]])
    }
    if !copy.status.isOpen {
      var body: [JSONValue.Member] = [
        .init("run_id", .string(there)), .init("status", .string(copy.status.rawValue)),
      ]
      if let end = copy.endTime { body.append(.init("end_time", .int(end))) }
      _ = try ask("runs/update", .object(body))
    }
    if copy.deletedTime != nil, !isToDelete(run.experiment), !runsToDelete.contains(there) {
      runsToDelete.append(there)
    }
  }

  private func create(_ run: ForeignRun, _ experiment: String) throws -> String {
    let copy = run.copy
    var tags = [Tag(Self.idTag, copy.id.hex).api]
    tags.append(Tag(Tag.runName, copy.name).api)
    let answer = try ask(
      "runs/create",
      [
        "experiment_id": .string(experiment), "user_id": .string(copy.user),
        "start_time": .int(copy.startTime), "run_name": .string(copy.name), "tags": .array(tags),
      ], mayRepeat: false)
    guard let info = answer["run"]?["info"], let id = info.text("run_id") else {
      throw Failure(.invalid, "`\(name)` made a run and does not tell its id")
    }
    runs[copy.id] = (id, info.text("artifact_uri") ?? "")
    return id
  }

  func log(_ what: String, _ all: [JSONValue], _ size: Int, to run: String) throws {
    for start in stride(from: 0, to: all.count, by: size) {
      let part = Array(all[start..<min(start + size, all.count)])
      _ = try ask(
        "runs/log-batch",
        .object([.init("run_id", .string(run)), .init(what, .array(part))]))
    }
  }

  package func artifacts(of run: ForeignRun) throws -> any ArtifactPlace {
    guard let experiment = experiment(run.experiment) else { return NowhereYet() }
    if runs[run.copy.id] == nil {
      if isDry { return NowhereYet() }
      _ = try create(run, opened(run.experiment) ?? experiment)
    }
    return try place(runs[run.copy.id]?.artifacts ?? "", "run \(run.copy.id)")
  }

  func place(_ uri: String, _ owner: String) throws -> any ArtifactPlace {
    switch ArtifactURI(uri) {
    case .proxied(let names): return ServerPlace(server, names)
    case .path, .remote:
      throw Failure(
        .unsupported,
        "`\(name)` does not take the artifacts of \(owner): they would be in `\(uri)`",
        hint: "start it with `--serve-artifacts`, or export with `--no-artifacts`")
    }
  }
}

extension Metric {
  var api: JSONValue {
    [
      "key": .string(key), "value": .double(value), "timestamp": .int(timestamp),
      "step": .int(step),
    ]
  }
}

extension DatasetInput {
  var api: JSONValue {
    var dataset: [JSONValue.Member] = [
      .init("name", .string(name)), .init("digest", .string(digest)),
      .init("source_type", .string(sourceType)), .init("source", .string(source)),
    ]
    if let schema { dataset.append(.init("schema", .string(schema))) }
    if let profile { dataset.append(.init("profile", .string(profile))) }
    return ["dataset": .object(dataset), "tags": .array(tags.map(\.api))]
  }
}
