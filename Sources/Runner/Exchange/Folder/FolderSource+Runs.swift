import Formats
import Platform
import Records

extension FolderSource {
  package func eachRun(
    of experiment: ForeignExperiment, _ body: (ForeignRun) throws -> Void
  ) throws {
    let place = place(of: experiment)
    folders = [:]
    for name in try files.folders(place) where !Self.reserved.contains(name) {
      guard let id = RunID(name) else {
        // Folders of other things are nobody's loss; one with a meta.yaml was meant to be a run.
        if try files.folder.status(place + [name, "meta.yaml"]) != nil {
          report.skip(
            Failure(
              .invalid,
              "`\(files.shown(place + [name]))` is no run: its name is not 32 hexadecimal digits"))
        }
        continue
      }
      if let run = try run(id, place + [name], experiment) {
        folders[name] = place + [name]
        try body(run)
      }
    }
  }

  /// A run in a folder; nil when it cannot be read, which is told.
  func run(
    _ id: RunID, _ place: [String], _ experiment: ForeignExperiment
  ) throws -> ForeignRun? {
    guard let meta = try meta(place) else { return nil }
    let said = meta.text("run_id") ?? meta.text("run_uuid")
    guard said == nil || said == id.hex else {
      report.skip(meta.failure("the run calls itself `\(said ?? "")`, and its folder `\(id)`"))
      return nil
    }
    guard let status = Self.status(meta) else {
      report.skip(meta.failure("`\(meta.text("status") ?? "")` is no status of a run"))
      return nil
    }
    let isDeleted = meta.text("lifecycle_stage") == "deleted"
    let (start, end) = (meta.whole("start_time"), meta.whole("end_time"))
    var copy = RunCopy(
      id: id, name: meta.text("run_name") ?? "", user: meta.text("user_id") ?? "",
      status: status, startTime: start ?? 0, endTime: end,
      deletedTime: isDeleted ? meta.whole("deleted_time") ?? end ?? start ?? 0 : nil,
      artifactURI: meta.text("artifact_uri"),
      entryPoint: meta.text("entry_point_name")?.nonEmpty,
      sourceName: meta.text("source_name")?.nonEmpty)
    copy.params = try values(place + ["params"]).map { Param($0.key, $0.value) }
    copy.tags = try values(place + ["tags"]).map { Tag($0.key, $0.value) }
    copy.datasets = try datasets(place, Array(place.dropLast()))
    try addModels(place, to: &copy)
    if copy.name.isEmpty {
      copy.name = copy.tags.first { $0.key == Tag.runName }?.value ?? ""
    }
    return ForeignRun(experiment: experiment.id, copy: copy)
  }

  /// MLflow writes the number of a status: 1 to 5 in the order of its protocol.
  private static func status(_ meta: ForeignMeta) -> RunStatus? {
    let order: [RunStatus] = [.running, .scheduled, .finished, .failed, .killed]
    guard let number = meta.whole("status") else {
      return meta.text("status").map { RunStatus(rawValue: $0) } ?? .running
    }
    return number >= 1 && number <= order.count ? order[Int(number) - 1] : nil
  }

  private func datasets(_ run: [String], _ experiment: [String]) throws -> [DatasetInput] {
    var found: [DatasetInput] = []
    for name in try files.folders(run + ["inputs"]) {
      guard let input = try meta(run + ["inputs", name]), input.text("source_type") == "DATASET"
      else { continue }
      // A name of a folder only: anything else would lead elsewhere.
      guard let id = input.text("source_id"), MD5Digest(hex: id) != nil else {
        report.skip(input.failure("the input names no dataset"))
        continue
      }
      guard let data = try meta(experiment + ["datasets", id]) else { continue }
      found.append(
        DatasetInput(
          name: data.text("name") ?? "", digest: data.text("digest") ?? "",
          sourceType: data.text("source_type") ?? "", source: data.text("source") ?? "",
          schema: data.text("schema"), profile: data.text("profile"),
          tags: input.pairs("tags").map { Tag($0.key, $0.value) }))
    }
    return found.sorted { ($0.name, $0.digest) < ($1.name, $1.digest) }
  }

  private func addModels(_ run: [String], to copy: inout RunCopy) throws {
    for name in try files.folders(run + ["inputs"]) {
      guard let input = try meta(run + ["inputs", name]), input.text("source_type") == "MODEL",
        let model = input.text("source_id")
      else { continue }
      copy.modelInputs.append(model)
    }
    for name in try files.folders(run + ["outputs"]) {
      guard let output = try meta(run + ["outputs", name]) else { continue }
      copy.modelOutputs.append(
        ModelUse(model: output.text("source_id") ?? name, step: output.whole("step") ?? 0))
    }
  }

  /// Counts a point twice that was logged twice.
  package func pointCount(of run: ForeignRun) throws -> Int? {
    var count = 0
    try eachBatch(of: run) { count += $0.count }
    return count
  }

  package func eachBatch(of run: ForeignRun, _ body: ([Metric]) throws -> Void) throws {
    guard let place = folders[run.copy.id.hex] else { return }
    var batch: [Metric] = []
    try files.eachFile(below: place + ["metrics"]) { key in
      let path = place + ["metrics"] + key.split(separator: "/").map(String.init)
      let reader = MetricLines(files, path)
      try reader.each { line in
        batch.append(Metric(key, line.value, timestamp: line.timestamp, step: line.step))
        if batch.count == 10_000 {
          try body(batch)
          batch.removeAll(keepingCapacity: true)
        }
      }
    }
    if !batch.isEmpty { try body(batch) }
  }
}
