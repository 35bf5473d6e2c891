import Formats
import Platform
import Records

/// What a run read and made: `runs/log-inputs`, `runs/outputs`, `runs/log-model`.
extension LoggingEndpoints {
  static let logInputs = Endpoint(
    .post, "runs/log-inputs", access: .on(.run("run_id"), .edit),
    shape: [
      "run_id": .text, "datasets": .list(.message(datasetInput)),
      "models": .list(.message(["model_id": .text])),
    ],
    rules: [
      FieldRule("run_id", .required, .string), FieldRule("datasets", .array),
      FieldRule("models", .array),
    ]
  ) { request, tracking in
    let id = try request.run()
    let datasets = request.list("datasets").map(DatasetInput.init(api:))
    let models = request.list("models").compactMap { $0["model_id"]?.string }
    try await tracking.store.write { store in
      try store.log(datasets: datasets, to: id)
      try store.log(modelInputs: models, to: id)
    }
    return [:]
  }

  static let logOutputs = Endpoint(
    .post, "runs/outputs", access: .on(.run("run_id"), .edit),
    shape: [
      "run_id": .text, "models": .list(.message(["model_id": .text, "step": .int64])),
    ],
    rules: [FieldRule("run_id", .required, .string), FieldRule("models", .required, .array)]
  ) { request, tracking in
    let id = try request.run()
    let models = request.list("models").map {
      ModelUse(model: $0["model_id"]?.string ?? "", step: $0["step"]?.int ?? 0)
    }
    try await tracking.store.write { try $0.log(modelOutputs: models, to: id) }
    return [:]
  }

  /// How clients before 3.0 tell of a model that they logged.
  static let logModel = Endpoint(
    .post, "runs/log-model", access: .on(.run("run_id"), .edit),
    shape: ["run_id": .text, "model_json": .text],
    rules: [FieldRule("run_id", .string, .required), FieldRule("model_json", .string, .required)]
  ) { request, tracking in
    let id = try request.run()
    let text = request.plainText("model_json")
    guard let model = try? JSONValue(parsing: text, allowsNonFinite: true) else {
      throw APIError.invalid("Malformed model info. \n \(text) \n is not a valid JSON.")
    }
    let missing = ["artifact_path", "flavors", "run_id", "utc_time_created"].filter {
      model[$0] == nil
    }
    guard missing.isEmpty else {
      let list = missing.map { "'\($0)'" }.joined(separator: ", ")
      throw APIError.invalid("Model json is missing mandatory fields: {\(list)}")
    }
    try await tracking.store.write { try $0.appendModel(model, to: id) }
    return [:]
  }

  private static let datasetInput: RequestShape = [
    "tags": .list(.message(.tag)),
    "dataset": .message([
      "name": .text, "digest": .text, "source_type": .text, "source": .text, "schema": .text,
      "profile": .text,
    ]),
  ]
}

extension DatasetInput {
  /// A use of data as a request gives it.
  init(api json: JSONValue) {
    let dataset = json["dataset"]
    self.init(
      name: dataset?["name"]?.string ?? "", digest: dataset?["digest"]?.string ?? "",
      sourceType: dataset?["source_type"]?.string ?? "", source: dataset?["source"]?.string ?? "",
      schema: dataset?["schema"]?.string, profile: dataset?["profile"]?.string,
      tags: (json["tags"]?.array ?? []).map {
        Tag($0["key"]?.string ?? "", $0["value"]?.string ?? "")
      })
  }
}

extension MetricLink {
  /// The model and data that a point belongs to; nil when it names no model.
  init?(api json: JSONValue) {
    guard let model = json["model_id"]?.string, !model.isEmpty else { return nil }
    self.init(
      model: model, datasetName: json["dataset_name"]?.string,
      datasetDigest: json["dataset_digest"]?.string)
  }

  /// By the places of the points.
  static func links(of points: [JSONValue]) -> [Int: MetricLink] {
    var links: [Int: MetricLink] = [:]
    for (index, point) in points.enumerated() { links[index] = MetricLink(api: point) }
    return links
  }
}
