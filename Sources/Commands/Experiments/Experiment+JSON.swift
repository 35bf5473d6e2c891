import Formats
import Records

extension Experiment {
  /// The experiment as `--json` prints it.
  var json: JSONValue {
    .object([
      .init("experiment_id", .string("\(id)")), .init("name", .string(name)),
      .init("lifecycle", .string(lifecycle.rawValue)), .init("created", .int(created)),
      .init("updated", .int(updated)), .init("artifact_location", .string(artifactLocation)),
      .init("tags", .object(tags.map { .init($0.key, .string($0.value)) })),
    ])
  }
}
