import Formats
import Records

/// The record of a run as its archive has it: `record/run.json`. Its points are beside it, in `record/metrics.jsonl`.
struct BundleRecord: Sendable, Hashable {
  var run: Run
  /// The name of the experiment that it is in.
  var experiment: String

  /// What says of a run how its replays came out, and changes with each.
  private static let passing: Set<String> = [ReplayTags.replayed, ReplayTags.lastReplay]

  init(_ run: Run, experiment: String) {
    self.run = run
    self.run.tags.removeAll { BundleRecord.passing.contains($0.key) }
    self.experiment = experiment
  }

  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("run_id", .string(run.id.hex)), .init("experiment", .string(experiment)),
      .init("name", .string(run.name)), .init("user", .string(run.user)),
      .init("host", .string(run.host)), .init("status", .string(run.status.rawValue)),
      .init("start_time", .int(run.startTime)),
    ]
    let optional: [(String, JSONValue?)] = [
      ("end_time", run.endTime.map { .int($0) }), ("command", run.command.map { .string($0) }),
      ("entry_point", run.entryPoint.map { .string($0) }),
      ("source_name", run.sourceName.map { .string($0) }),
      ("exit_code", run.exitCode.map { .int(Int64($0)) }),
      ("signal", run.signal.map { .int(Int64($0)) }),
      ("cpu_seconds", run.cpuSeconds.map { .double($0) }),
      ("peak_memory", run.peakMemory.map { .int($0) }), ("environment", run.environment),
    ]
    for (key, value) in optional { if let value { members.append(.init(key, value)) } }
    members += [
      .init("params", .array(run.params.map(Self.json))),
      .init("tags", .array(run.tags.map(Self.json))),
      .init("inputs", .array(run.inputs.map(\.json))),
      .init("outputs", .array(run.outputs.map(\.json))),
      .init("datasets", .array(run.datasets.map(Self.json))),
      .init("model_inputs", .array(run.modelInputs.map { .string($0) })),
      .init(
        "model_outputs",
        .array(
          run.modelOutputs.map {
            .object([.init("model", .string($0.model)), .init("step", .int($0.step))])
          })),
    ]
    return .object(members)
  }

  private static func json(_ param: Param) -> JSONValue {
    .object([
      .init("key", .string(param.key)), .init("value", .string(param.value)),
      .init("kind", param.kind.map { .string($0) } ?? .null),
      .init("given", param.given.map { .string($0) } ?? .null),
    ])
  }

  private static func json(_ tag: Tag) -> JSONValue {
    .object([.init("key", .string(tag.key)), .init("value", .string(tag.value))])
  }

  private static func json(_ dataset: DatasetInput) -> JSONValue {
    .object([
      .init("name", .string(dataset.name)), .init("digest", .string(dataset.digest)),
      .init("source_type", .string(dataset.sourceType)), .init("source", .string(dataset.source)),
      .init("schema", dataset.schema.map { .string($0) } ?? .null),
      .init("profile", dataset.profile.map { .string($0) } ?? .null),
      .init("tags", .array(dataset.tags.map(json))),
    ])
  }

  /// What this run, which is in the records, says otherwise than another of its id; nil when they are the same run. What a
  /// person may change afterwards (its name, its tags, its experiment) does not count, but for the commit.
  func contradiction(to other: BundleRecord) -> String? {
    let changing: Set<String> = ["name", "tags", "experiment"]
    let (here, there) = (json.members ?? [], other.json)
    for member in here where !changing.contains(member.key) && there[member.key] != member.value {
      return member.key
    }
    for member in there.members ?? [] where !here.contains(where: { $0.key == member.key }) {
      return member.key
    }
    let commit = "mlflow.source.git.commit"
    return run.tag(commit) == other.run.tag(commit) ? nil : "commit"
  }
}
