import Formats
import Records

extension Experiment {
  /// The experiment as the API shows it.
  func api(_ tracking: Tracking) -> JSONValue {
    var json = JSONMembers()
    json.add("experiment_id", "\(id)")
    json.add("name", name)
    json.add("artifact_location", tracking.artifactLocation(of: self))
    json.add("lifecycle_stage", lifecycle.rawValue)
    json.add("last_update_time", updated)
    json.add("creation_time", created)
    json.add("tags", tags.map(\.api))
    return json.value
  }
}

extension Tag {
  var api: JSONValue { ["key": .string(key), "value": .string(value)] }
}

extension Param {
  var api: JSONValue { ["key": .string(key), "value": .string(value)] }
}

extension Metric {
  /// The point as the API shows it; NaN and the infinities become texts when it is written.
  var api: JSONValue { .object(apiMembers) }

  var apiMembers: [JSONValue.Member] {
    [
      .init("key", .string(key)), .init("value", .double(value)),
      .init("timestamp", .int(timestamp)), .init("step", .int(step)),
    ]
  }
}
