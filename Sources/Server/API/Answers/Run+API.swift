import Formats
import Records

extension Run {
  /// The run as the API shows it.
  ///
  /// - Parameter isNew: a run that was just made has no word of what it made.
  func api(_ tracking: Tracking, isNew: Bool = false) -> JSONValue {
    var data = JSONMembers()
    data.add("metrics", metrics.map(\.api))
    data.add("params", params.map(\.api))
    data.add("tags", tags.map(\.api))
    var inputs = JSONMembers()
    inputs.add("dataset_inputs", datasets.map(\.api))
    inputs.add("model_inputs", modelInputs.map { ["model_id": .string($0)] })
    var outputs = JSONMembers()
    outputs.add(
      "model_outputs",
      modelOutputs.map { ["model_id": .string($0.model), "step": .int($0.step)] })
    var json = JSONMembers()
    json.add("info", info(tracking))
    json.add("data", data.value)
    json.add("inputs", inputs.value)
    if !isNew { json.add("outputs", outputs.value) }
    return json.value
  }

  func info(_ tracking: Tracking) -> JSONValue {
    var info = JSONMembers()
    info.add("run_uuid", id.hex)
    info.add("experiment_id", "\(experiment)")
    info.add("user_id", user)
    info.add("status", status.rawValue)
    info.add("start_time", startTime)
    info.add("end_time", endTime == 0 ? nil : endTime)
    info.add("artifact_uri", tracking.artifactURI(of: self))
    info.add("lifecycle_stage", lifecycle.rawValue)
    info.add("run_id", id.hex)
    info.add("run_name", name)
    return info.value
  }
}

extension DatasetInput {
  var api: JSONValue {
    var dataset = JSONMembers()
    dataset.add("name", name)
    dataset.add("digest", digest)
    dataset.add("source_type", sourceType)
    dataset.add("source", source)
    dataset.add("schema", schema)
    dataset.add("profile", profile)
    var json = JSONMembers()
    json.add("tags", tags.map(\.api))
    json.add("dataset", dataset.value)
    return json.value
  }
}
