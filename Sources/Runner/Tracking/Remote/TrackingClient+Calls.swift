import Formats
import Platform
import Records

extension TrackingClient {
  /// What one request may hold.
  static let (metricBatch, paramBatch) = (1000, 100)

  /// - Returns: nil when there is none of that name.
  func experiment(named name: String) throws -> RemoteExperiment? {
    do {
      return try experiment(
        get("experiments/get-by-name", [("experiment_name", name)]))
    } catch let failure as Failure where failure.code == .notFound {
      return nil
    }
  }

  func experiment(id: String) throws -> RemoteExperiment {
    try experiment(get("experiments/get", [("experiment_id", id)]))
  }

  /// Makes an experiment; one that somebody else makes at the same time is taken.
  func createExperiment(_ name: String) throws -> RemoteExperiment {
    do {
      let answer = try post("experiments/create", ["name": .string(name)])
      guard let id = answer["experiment_id"]?.string else { throw noServer() }
      return RemoteExperiment(id: id, name: name)
    } catch let failure as Failure where failure.code == .conflict {
      guard let found = try experiment(named: name) else { throw failure }
      return found
    }
  }

  func createRun(_ new: NewRun, in experiment: String) throws -> RemoteRunInfo {
    var members: [JSONValue.Member] = [
      .init("experiment_id", .string(experiment)), .init("user_id", .string(new.user)),
      .init("start_time", .int(new.startTime)), .init("tags", .array(new.tags.map(\.remote))),
    ]
    if let name = new.name, !name.isEmpty { members.append(.init("run_name", .string(name))) }
    return try info(post("runs/create", .object(members), mayRepeat: false)["run"])
  }

  func run(_ id: RunID) throws -> RemoteRunInfo {
    try info(get("runs/get", [("run_id", id.hex)])["run"])
  }

  func update(_ run: RunID, status: RunStatus, endTime: Int64? = nil) throws {
    var members: [JSONValue.Member] = [
      .init("run_id", .string(run.hex)), .init("status", .string(status.rawValue)),
    ]
    if let endTime { members.append(.init("end_time", .int(endTime))) }
    try post("runs/update", .object(members))
  }

  func delete(_ run: RunID) throws { try post("runs/delete", ["run_id": .string(run.hex)]) }

  func log(metrics: [Metric], to run: RunID) throws {
    for start in stride(from: 0, to: metrics.count, by: Self.metricBatch) {
      let batch = metrics[start..<min(start + Self.metricBatch, metrics.count)]
      try post(
        "runs/log-batch",
        ["run_id": .string(run.hex), "metrics": .array(batch.map(\.remote))])
    }
  }

  func log(params: [Param], tags: [Tag], to run: RunID) throws {
    for (what, values) in [("params", params.map(\.remote)), ("tags", tags.map(\.remote))] {
      for start in stride(from: 0, to: values.count, by: Self.paramBatch) {
        let batch = Array(values[start..<min(start + Self.paramBatch, values.count)])
        try post(
          "runs/log-batch",
          .object([.init("run_id", .string(run.hex)), .init(what, .array(batch))]))
      }
    }
  }

  func log(datasets: [DatasetInput], to run: RunID) throws {
    guard !datasets.isEmpty else { return }
    try post(
      "runs/log-inputs",
      ["run_id": .string(run.hex), "datasets": .array(datasets.map(\.remote))])
  }

  private func experiment(_ answer: JSONValue) throws -> RemoteExperiment {
    let found = answer["experiment"]
    guard let id = found?["experiment_id"]?.string, let name = found?["name"]?.string else {
      throw noServer()
    }
    guard found?["lifecycle_stage"]?.string != "deleted" else {
      throw Failure(
        .conflict, "the experiment `\(name)` at `\(shown)` is deleted",
        hint: "restore it there, or name another with `--experiment-name`")
    }
    return RemoteExperiment(id: id, name: name)
  }

  private func info(_ run: JSONValue?) throws -> RemoteRunInfo {
    guard let info = run?["info"], let id = info["run_id"]?.string.flatMap({ RunID($0) }) else {
      throw noServer()
    }
    let keys = { (name: String) in
      Set((run?["data"]?[name]?.array ?? []).compactMap { $0["key"]?.string })
    }
    return RemoteRunInfo(
      id: id, experiment: info["experiment_id"]?.string ?? "0",
      name: info["run_name"]?.string ?? "", status: info["status"]?.string ?? "",
      endTime: info["end_time"]?.int, artifactURI: info["artifact_uri"]?.string ?? "",
      params: keys("params"), tags: keys("tags"))
  }
}
