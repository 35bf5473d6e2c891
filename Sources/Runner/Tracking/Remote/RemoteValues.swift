import Formats
import Records

extension Tag {
  /// As MLflow's API takes it.
  var remote: JSONValue { ["key": .string(key), "value": .string(value)] }
}

extension Param {
  var remote: JSONValue { ["key": .string(key), "value": .string(value)] }
}

extension Metric {
  /// NaN and the infinities become words when they are written.
  var remote: JSONValue {
    [
      "key": .string(key), "value": .double(value), "timestamp": .int(timestamp),
      "step": .int(step),
    ]
  }
}

extension DatasetInput {
  var remote: JSONValue {
    var dataset: [JSONValue.Member] = [
      .init("name", .string(name)), .init("digest", .string(digest)),
      .init("source_type", .string(sourceType)), .init("source", .string(source)),
    ]
    if let schema { dataset.append(.init("schema", .string(schema))) }
    if let profile { dataset.append(.init("profile", .string(profile))) }
    return ["dataset": .object(dataset), "tags": .array(tags.map(\.remote))]
  }
}
