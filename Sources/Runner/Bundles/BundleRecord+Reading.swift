import Formats
import Platform
import Records
import SystemPackage

extension BundleRecord {
  /// Reads what ``json`` wrote, whoever says that it did.
  ///
  /// - Throws: ``ParseFailure``, also for what would have a replay work outside of its clean place.
  init(_ json: JSONValue) throws(ParseFailure) {
    func text(_ key: String) throws(ParseFailure) -> String {
      guard let value = json[key]?.string else { throw Self.damaged(key) }
      return value
    }
    guard let id = RunID(try text("run_id")),
      let status = RunStatus(rawValue: try text("status")), let start = json["start_time"]?.int
    else { throw Self.damaged("run_id, status or start_time") }
    guard !status.isOpen else { throw ParseFailure("its run has not ended") }
    var run = Run(
      id: id, name: try text("name"), user: try text("user"), host: try text("host"),
      status: status, startTime: start)
    run.endTime = json["end_time"]?.int
    run.command = json["command"]?.string
    run.entryPoint = json["entry_point"]?.string
    run.sourceName = json["source_name"]?.string
    run.exitCode = json["exit_code"]?.int.flatMap(Int.init(exactly:))
    run.signal = json["signal"]?.int.flatMap(Int.init(exactly:))
    run.cpuSeconds = json["cpu_seconds"]?.number
    run.peakMemory = json["peak_memory"]?.int
    run.environment = json["environment"]
    run.params = try Self.all(json, "params") { value in
      guard let key = value["key"]?.string, let text = value["value"]?.string else { return nil }
      return Param(key, text, kind: value["kind"]?.string, given: value["given"]?.string)
    }
    run.tags = try Self.all(json, "tags", Self.tag)
    run.inputs = try Self.all(json, "inputs") { Self.file($0, .input) }
    run.outputs = try Self.all(json, "outputs") { Self.file($0, .output) }
    run.datasets = try Self.all(json, "datasets", Self.dataset)
    run.modelInputs = try Self.all(json, "model_inputs", \.string)
    run.modelOutputs = try Self.all(json, "model_outputs") { value in
      guard let model = value["model"]?.string else { return nil }
      return ModelUse(model: model, step: value["step"]?.int ?? 0)
    }
    for (what, keys) in [
      ("params", run.params.map(\.key)), ("tags", run.tags.map(\.key)),
      ("inputs", run.inputs.map(\.path)), ("outputs", run.outputs.map(\.path)),
    ] where Set(keys).count != keys.count {
      throw Self.damaged(what)
    }
    self.init(run, experiment: try text("experiment"))
    try checkFolders()
  }

  /// The recipe's folders lie in the code.
  private func checkFolders() throws(ParseFailure) {
    guard let recipe = RunRecipe(run.environment?["recipe"]) else {
      throw ParseFailure("its record does not say how the run was started")
    }
    for folder in [recipe.project, recipe.workingFolder ?? ""] {
      let path = FilePath(folder)
      guard !folder.utf8.contains(0), !path.isAbsolute,
        !path.components.contains(where: { $0.kind == .parentDirectory })
      else { throw ParseFailure("its run was started in `\(folder)`, which leads out of the code") }
    }
  }

  private static func tag(_ value: JSONValue) -> Tag? {
    guard let key = value["key"]?.string, let text = value["value"]?.string else { return nil }
    return Tag(key, text)
  }

  private static func file(_ value: JSONValue, _ role: RecordedFile.Role) -> RecordedFile? {
    guard let path = value["path"]?.string, !path.utf8.contains(0),
      let kind = value["kind"]?.string.flatMap(RecordedFile.Kind.init(rawValue:)),
      let size = value["size"]?.int, size >= 0, let count = value["files"]?.int, count >= 0
    else { return nil }
    let digest = value["sha256"]?.string
    guard digest.map(FolderList.isDigest) ?? true else { return nil }
    return RecordedFile(
      role: role, path: path, kind: kind, digest: digest, size: size, fileCount: count)
  }

  private static func dataset(_ value: JSONValue) -> DatasetInput? {
    guard let name = value["name"]?.string, let digest = value["digest"]?.string,
      let type = value["source_type"]?.string, let source = value["source"]?.string,
      let tags = value["tags"]?.array
    else { return nil }
    return DatasetInput(
      name: name, digest: digest, sourceType: type, source: source,
      schema: value["schema"]?.string, profile: value["profile"]?.string,
      tags: tags.compactMap(tag))
  }

  private static func all<Value>(
    _ json: JSONValue, _ key: String, _ read: (JSONValue) -> Value?
  ) throws(ParseFailure) -> [Value] {
    try BundleList.read(json, key, of: BundleLayout.run, read)
  }

  private static func damaged(_ key: String) -> ParseFailure {
    BundleList.damaged(key, in: BundleLayout.run)
  }
}
