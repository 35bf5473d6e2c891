import Formats
import Records

extension LoggedModel {
  /// The model as the API shows it.
  var api: JSONValue {
    var info = JSONMembers()
    info.add("model_id", id)
    info.add("experiment_id", "\(experiment)")
    info.add("name", name)
    info.add("creation_timestamp_ms", created)
    info.add("last_updated_timestamp_ms", updated)
    info.add("artifact_uri", artifactURI)
    info.add("status", status.apiName)
    info.add("model_type", modelType)
    info.add("source_run_id", sourceRun)
    info.add("status_message", statusMessage)
    info.add("tags", tags.map(\.api))
    var data = JSONMembers()
    data.add("params", params.map(\.api))
    data.add("metrics", metrics.map { $0.api(of: id) })
    var json = JSONMembers()
    json.add("info", info.value)
    json.add("data", data.value)
    return json.value
  }
}

extension LoggedModelMetric {
  func api(of model: String) -> JSONValue {
    var json = JSONMembers()
    for member in metric.apiMembers { json.add(member.key, member.value) }
    json.add("dataset_name", datasetName)
    json.add("dataset_digest", datasetDigest)
    json.add("model_id", model)
    json.add("run_id", run)
    return json.value
  }
}
