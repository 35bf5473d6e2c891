import Formats
import Records

extension RegisteredModel {
  /// The model as `--json` prints it.
  var json: JSONValue {
    .object([
      .init("name", .string(name)),
      .init("description", description.map { .string($0) } ?? .null),
      .init("created", .int(created)), .init("updated", .int(updated)),
      .init("tags", .object(tags.map { .init($0.key, .string($0.value)) })),
      .init("aliases", .object(aliases.map { .init($0.name, .int($0.version)) })),
      .init("latest_versions", .array(latestVersions.map(\.json))),
    ])
  }
}

extension ModelVersion {
  /// The version as `--json` prints it.
  var json: JSONValue {
    .object([
      .init("name", .string(model)), .init("version", .int(number)),
      .init("description", description.map { .string($0) } ?? .null),
      .init("stage", .string(stage.rawValue)), .init("created", .int(created)),
      .init("updated", .int(updated)), .init("source", .string(source)),
      .init("run_id", runID.map { .string($0) } ?? .null),
      .init("tags", .object(tags.map { .init($0.key, .string($0.value)) })),
      .init("aliases", .array(aliases.map { .string($0) })),
    ])
  }
}
