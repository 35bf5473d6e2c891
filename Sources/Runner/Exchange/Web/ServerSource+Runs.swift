import Formats
import Platform
import Records

extension ServerSource {
  package func eachRun(
    of experiment: ForeignExperiment, _ body: (ForeignRun) throws -> Void
  ) throws {
    try pages("runs") { token in
      var request: [JSONValue.Member] = [
        .init("experiment_ids", [.string(experiment.id)]), .init("run_view_type", "ALL"),
        .init("max_results", 200), .init("order_by", ["attributes.start_time ASC"]),
      ]
      if let token { request.append(.init("page_token", .string(token))) }
      return try server.post(Self.api + "runs/search", .object(request))
    } _: { item in
      if let run = Self.run(item, experiment, name, report) { try body(run) }
    }
  }

  /// A run as the API tells it; nil when it is none, which is told.
  static func run(
    _ item: JSONValue, _ experiment: ForeignExperiment, _ name: String, _ report: ExchangeReport
  ) -> ForeignRun? {
    guard let info = item["info"] else { return nil }
    let text = info.text("run_id") ?? info.text("run_uuid") ?? ""
    guard let id = RunID(text) else {
      report.skip(
        Failure(
          .invalid, "`\(text)` of `\(name)` is no id of a run: it has not 32 hexadecimal digits"))
      return nil
    }
    guard let status = RunStatus(rawValue: info.text("status") ?? "RUNNING") else {
      report.skip(
        Failure(.invalid, "run \(id) of `\(name)` has the status `\(info.text("status") ?? "")`"))
      return nil
    }
    let (start, end) = (info.whole("start_time"), info.whole("end_time"))
    let data = item["data"] ?? .null
    let inputs = item["inputs"] ?? .null
    var copy = RunCopy(
      id: id, name: info.text("run_name") ?? "", user: info.text("user_id") ?? "",
      status: status, startTime: start ?? 0, endTime: end,
      deletedTime: info.text("lifecycle_stage") == "deleted" ? end ?? start ?? 0 : nil,
      artifactURI: info.text("artifact_uri"), params: data.params("params"),
      tags: data.tags("tags"),
      datasets: (inputs["dataset_inputs"]?.array ?? []).compactMap(dataset),
      metrics: (data["metrics"]?.array ?? []).compactMap(\.point))
    copy.modelInputs = (inputs["model_inputs"]?.array ?? []).compactMap { $0.text("model_id") }
    copy.modelOutputs = (item["outputs"]?["model_outputs"]?.array ?? []).compactMap { use in
      use.text("model_id").map { ModelUse(model: $0, step: use.whole("step") ?? 0) }
    }
    if copy.name.isEmpty {
      copy.name = copy.tags.first { $0.key == Tag.runName }?.value ?? ""
    }
    return ForeignRun(experiment: experiment.id, copy: copy)
  }

  private static func dataset(_ input: JSONValue) -> DatasetInput? {
    guard let data = input["dataset"], let name = data.text("name") else { return nil }
    return DatasetInput(
      name: name, digest: data.text("digest") ?? "", sourceType: data.text("source_type") ?? "",
      source: data.text("source") ?? "", schema: data.text("schema"),
      profile: data.text("profile"), tags: input.tags("tags"))
  }

  package func pointCount(of run: ForeignRun) throws -> Int? { nil }

  package func eachBatch(of run: ForeignRun, _ body: ([Metric]) throws -> Void) throws {
    for metric in run.copy.metrics {
      try pages("metrics") { token in
        var fields = [
          ("run_id", run.copy.id.hex), ("metric_key", metric.key), ("max_results", "25000"),
        ]
        if let token { fields.append(("page_token", token)) }
        let answer = try server.get(Self.api + "metrics/get-history", fields)
        try body((answer["metrics"]?.array ?? []).compactMap(\.point))
        return answer
      } _: { _ in
      }
    }
  }
}
