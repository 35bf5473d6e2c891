import Formats
import Records

extension Run {
  /// The run as `--json` prints it; keys that have nothing to say are left out.
  package var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("run_id", .string(id.hex)), .init("name", .string(name)),
      .init("experiment_id", .string("\(experiment)")), .init("status", .string(status.rawValue)),
      .init("lifecycle", .string(lifecycle.rawValue)), .init("user", .string(user)),
      .init("host", .string(host)), .init("start_time", .int(startTime)),
      .init("artifact_uri", .string(artifactURI)),
      .init("params", .object(params.map { .init($0.key, .string($0.value)) })),
      .init(
        "params_detail",
        .array(
          params.map { param in
            .object([
              .init("key", .string(param.key)), .init("value", .string(param.value)),
              .init("kind", param.kind.map { .string($0) } ?? .null),
              .init("given", param.given.map { .string($0) } ?? .null),
            ])
          })),
      .init(
        "metrics",
        .object(metrics.map { .init($0.key, .double($0.value)) })),
      .init(
        "metric_steps",
        .object(metrics.map { .init($0.key, .int($0.step)) })),
      .init("tags", .object(tags.map { .init($0.key, .string($0.value)) })),
      .init("inputs", .array(inputs.map(\.json))), .init("outputs", .array(outputs.map(\.json))),
    ]
    let optional: [(String, JSONValue?)] = [
      ("end_time", endTime.map { .int($0) }), ("entry_point", entryPoint.map { .string($0) }),
      ("command", command.map { .string($0) }), ("exit_code", exitCode.map { .int(Int64($0)) }),
      ("signal", signal.map { .int(Int64($0)) }), ("cpu_seconds", cpuSeconds.map { .double($0) }),
      ("peak_memory", peakMemory.map { .int($0) }), ("environment", environment),
      ("timings", TrainingTimings(of: self)?.json),
      ("data", data.isEmpty ? nil : .array(data.map(\.json))),
    ]
    for (key, value) in optional { if let value { members.append(.init(key, value)) } }
    return .object(members)
  }
}

extension RecordedFile {
  package var json: JSONValue {
    .object([
      .init("path", .string(path)), .init("kind", .string(kind.rawValue)),
      .init("sha256", digest.map { .string($0) } ?? .null), .init("size", .int(size)),
      .init("files", .int(fileCount)),
    ])
  }
}

extension RecordedVersion {
  package var json: JSONValue {
    .object([
      .init("role", .string(role.rawValue)), .init("path", .string(path)),
      .init("md5", .string(digest)), .init("size", .int(size)), .init("files", .int(fileCount)),
      .init("pointer", .string(pointer)), .init("version", version.map { .string($0) } ?? .null),
      .init("commit", commit.map { .string($0) } ?? .null), .init("modified", .bool(isModified)),
      .init("earlier_version", earlierVersion.map { .string($0) } ?? .null),
      .init("earlier_commit", earlierCommit.map { .string($0) } ?? .null),
    ])
  }
}
