import Formats
import Records

/// JSON to values of ours and back.
extension RecordsOperations {
  func texts(_ value: JSONValue?) -> [(String, String)] {
    (value?.array ?? []).map { ($0.array?[0].string ?? "", $0.array?[1].string ?? "") }
  }

  func tags(_ op: JSONValue) -> [Tag] { texts(op["tags"]).map { Tag($0.0, $0.1) } }

  func metric(_ value: JSONValue?) -> Metric {
    let parts = value?.array ?? []
    let number: Double =
      switch parts[1].string {
      case "NaN": .nan
      case "Infinity": .infinity
      case "-Infinity": -.infinity
      default: parts[1].number ?? 0
      }
    return Metric(
      parts[0].string ?? "", number, timestamp: parts[2].int ?? 0, step: parts[3].int ?? 0)
  }

  func link(_ value: JSONValue?) -> MetricLink? {
    guard let name = value?["model"]?.string, let model = models[name] else { return nil }
    return MetricLink(
      model: model, datasetName: value?["dataset_name"]?.string,
      datasetDigest: value?["dataset_digest"]?.string)
  }

  func dataset(_ value: JSONValue) -> DatasetInput {
    DatasetInput(
      name: value["name"]?.string ?? "", digest: value["digest"]?.string ?? "",
      sourceType: "local", source: value["source"]?.string ?? "here",
      schema: value["schema"]?.string, profile: value["profile"]?.string, tags: tags(value))
  }

  func shown(_ metric: Metric) -> [JSONValue] {
    let value: JSONValue =
      metric.value.isNaN
      ? "NaN"
      : metric.value.isInfinite
        ? (metric.value > 0 ? "Infinity" : "-Infinity") : .double(metric.value)
    return [.string(metric.key), value, .int(metric.timestamp), .int(metric.step)]
  }

  func shown(_ run: Run) -> JSONValue {
    [
      "name": .string(run.name), "status": .string(run.status.rawValue),
      "end": run.endTime.map { .int($0) } ?? .null, "stage": .string(run.lifecycle.rawValue),
      "tags": pairs(run.tags.map { ($0.key, $0.value) }),
      "params": pairs(run.params.map { ($0.key, $0.value) }),
      "metrics": sorted(run.metrics.map { .array(shown($0)) }),
      "datasets": sorted(
        run.datasets.map {
          [
            .string($0.name), .string($0.digest), .string($0.source),
            pairs($0.tags.map { ($0.key, $0.value) }),
          ]
        }), "model_inputs": sorted(run.modelInputs.map { .string(label($0)) }),
      "model_outputs": sorted(
        run.modelOutputs.map { [.string(label($0.model)), .int($0.step)] }),
    ]
  }

  func pairs(_ values: [(String, String)]) -> JSONValue {
    sorted(values.map { [.string($0.0), .string($0.1)] })
  }

  func sorted(_ values: [JSONValue]) -> JSONValue {
    .array(values.sorted { $0.text().utf8.lexicographicallyPrecedes($1.text().utf8) })
  }
}
