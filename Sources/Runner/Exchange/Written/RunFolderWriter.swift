import Platform
import Records

/// Writes one run into an `mlruns` folder, part by part: the points of a metric into one file, whatever part they come in.
final class RunFolderWriter {
  let id: RunID
  private let target: FolderTarget
  private let place: [String]
  /// The file of the metric at hand.
  private var file: (key: String, upload: ConfinedUpload)?
  private var text: [UInt8] = []

  /// - Parameter place: of the run; what lies there was not finished.
  init(_ id: RunID, in place: [String], of target: FolderTarget) throws {
    self.id = id
    self.target = target
    self.place = place
    for part in ["metrics", "params", "tags", "inputs", "outputs"] {
      try target.folder.remove(place + [part])
    }
    for part in ["metrics", "params", "artifacts", "tags"] {
      try target.folder.makeFolder(place + [part])
    }
  }

  /// Adds points, which come metric by metric.
  func add(_ points: [Metric]) throws {
    for point in points {
      if file?.key != point.key { try begin(point.key) }
      guard file != nil else { continue }
      text += "\(point.timestamp) \(point.value) \(point.step)\n".utf8
      if text.count > 1 << 16 { try empty() }
    }
  }

  private func begin(_ key: String) throws {
    try endFile()
    do {
      let names = place + ["metrics"] + key.split(separator: "/").map(String.init)
      file = (key, try target.folder.upload(names))
    } catch let failure as Failure where [.conflict, .invalid, .permission].contains(failure.code) {
      target.report.skip(
        Failure(failure.code, "metric `\(key)` of run \(id) cannot be a file: \(failure.message)"))
    }
  }

  private func empty() throws {
    try text.withUnsafeBytes { bytes in try file?.upload.write(bytes) }
    text.removeAll(keepingCapacity: true)
  }

  private func endFile() throws {
    try empty()
    try file?.upload.commit()
    file = nil
  }

  /// Writes the rest of a run; its `meta.yaml` last.
  func finish(_ copy: RunCopy, experiment: String) throws {
    try endFile()
    for param in copy.params { target.write(param.value, to: place + ["params"], key: param.key) }
    for tag in copy.tags { target.write(tag.value, to: place + ["tags"], key: tag.key) }
    for dataset in copy.datasets { try write(dataset) }
    for model in copy.modelInputs { try writeInput("MODEL", model, []) }
    for use in copy.modelOutputs { try writeOutput(use) }
    var meta = MetaFile()
    meta.add("run_id", .text(id.hex))
    meta.add("run_name", .text(copy.name))
    meta.add("experiment_id", .text(experiment))
    meta.add("user_id", .text(copy.user))
    meta.add("status", .whole(Self.number(of: copy.status)))
    meta.add("start_time", .whole(copy.startTime))
    meta.add("end_time", .whole(copy.endTime))
    meta.add("lifecycle_stage", .text(copy.deletedTime == nil ? "active" : "deleted"))
    meta.add("deleted_time", .whole(copy.deletedTime))
    meta.add("artifact_uri", .text(address(copy.artifactURI, experiment)))
    meta.add("entry_point_name", .text(copy.entryPoint ?? ""))
    meta.add("source_name", .text(copy.sourceName ?? ""))
    meta.add("source_type", .whole(4))
    meta.add("source_version", .text(""))
    meta.add("tags", .noList)
    try target.write(meta, to: place)
  }

  private func address(_ uri: String?, _ experiment: String) -> String {
    if let uri, case .remote = ArtifactURI(uri) { return uri }
    return target.location([experiment, id.hex, "artifacts"])
  }

  /// The numbers of MLflow's protocol.
  private static func number(of status: RunStatus) -> Int64 {
    switch status {
    case .running: 1
    case .scheduled: 2
    case .finished: 3
    case .failed: 4
    case .killed: 5
    }
  }

  private func write(_ dataset: DatasetInput) throws {
    let id = MD5.digest(of: Array((dataset.name + dataset.digest).utf8)).hex
    var meta = MetaFile()
    meta.add("name", .text(dataset.name))
    meta.add("digest", .text(dataset.digest))
    meta.add("source_type", .text(dataset.sourceType))
    meta.add("source", .text(dataset.source))
    meta.add("schema", .text(dataset.schema))
    meta.add("profile", .text(dataset.profile))
    try target.write(meta, to: Array(place.dropLast()) + ["datasets", id])
    try writeInput("DATASET", id, dataset.tags)
  }

  private func writeInput(_ kind: String, _ source: String, _ tags: [Tag]) throws {
    var meta = MetaFile()
    meta.add("source_type", .text(kind))
    meta.add("source_id", .text(source))
    meta.add("destination_type", .text("RUN"))
    meta.add("destination_id", .text(source))
    meta.add("tags", .pairs(tags.map { ($0.key, $0.value) }))
    let name = MD5.digest(of: Array((source + id.hex).utf8)).hex
    try target.write(meta, to: place + ["inputs", name])
  }

  private func writeOutput(_ use: ModelUse) throws {
    var meta = MetaFile()
    meta.add("source_type", .text("RUN_OUTPUT"))
    meta.add("source_id", .text(use.model))
    meta.add("destination_type", .text("MODEL_OUTPUT"))
    meta.add("destination_id", .text(use.model))
    meta.add("step", .whole(use.step))
    meta.add("tags", .pairs([]))
    try target.write(meta, to: place + ["outputs", use.model])
  }
}

extension FolderTarget {
  package func take(_ run: ForeignRun, points: [Metric], isLast: Bool) throws {
    guard let place = places[run.experiment] else { return }
    let current: RunFolderWriter
    if let writer, writer.id == run.copy.id {
      current = writer
    } else {
      current = try RunFolderWriter(run.copy.id, in: place + [run.copy.id.hex], of: self)
      writer = current
    }
    try current.add(points)
    guard isLast else { return }
    try current.finish(run.copy, experiment: id(of: run.experiment))
    writer = nil
  }
}
