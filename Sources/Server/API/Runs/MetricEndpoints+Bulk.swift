import Formats
import Platform
import Records

extension MetricEndpoints {
  /// `metrics/get-history-bulk-interval`: curves of several runs, with as many points as a picture needs.
  static let bulkInterval = Endpoint(
    .get, "metrics/get-history-bulk-interval", access: .on(.run("run_ids"), .read),
    shape: [
      "run_ids": .list(.text), "metric_key": .text, "start_step": .int64, "end_step": .int64,
      "max_results": .int64,
    ],
    rules: [
      FieldRule(
        "run_ids", .required, .array, .stringItems,
        .countAtMost(100) {
          "GetMetricHistoryBulkInterval request must specify at most 100 run_ids. Received \($0) run_ids."
        }), FieldRule("metric_key", .required, .string), FieldRule("start_step", .int),
      FieldRule("end_step", .int),
      FieldRule(
        "max_results", .int, .range(1...2500, "max_results must be between 1 and 2500.")),
    ]
  ) { request, tracking in
    let (start, end) = (request.int("start_step"), request.int("end_step"))
    guard (start == nil) == (end == nil) else {
      throw APIError.invalid(
        "If either start step or end step are specified, both must be specified.")
    }
    if let start, let end, start > end {
      throw APIError.invalid(
        "end_step must be greater than start_step. Found start_step=\(start) and end_step=\(end).")
    }
    let steps = (start ?? .min)...(end ?? .max)
    let key = request.plainText("metric_key")
    let limit = Int(request.int("max_results") ?? 2500)
    let runs = request.texts("run_ids")
    let curves = try await tracking.store.read { store in
      try runs.compactMap { RunID($0) }.map { run in
        (run, try store.sampledHistory(of: key, in: run, limit: limit, steps: steps))
      }
    }
    var json = JSONMembers()
    json.add("metrics", curves.flatMap { run, points in points.map { $0.api(of: run) } })
    return json.value
  }

  /// `metrics/get-history-bulk`, which older web pages of MLflow ask for.
  static let bulk = Endpoint(
    .get, "metrics/get-history-bulk", access: .on(.run("run_id"), .read),
    shape: ["run_id": .list(.text), "metric_key": .text, "max_results": .int64]
  ) { request, tracking in
    let runs = request.texts("run_id")
    guard !runs.isEmpty else {
      throw APIError.invalid("GetMetricHistoryBulk request must specify at least one run_id.")
    }
    guard runs.count <= 100 else {
      throw APIError.invalid(
        "GetMetricHistoryBulk request cannot specify more than 100 run_ids. "
          + "Received \(runs.count) run_ids.")
    }
    guard let key = request.fields["metric_key"]?.string else {
      throw APIError.invalid("GetMetricHistoryBulk request must specify a metric_key.")
    }
    // As in SQL, a negative limit is none.
    let asked = request.int("max_results") ?? -1
    let limit = asked < 0 ? 25_000 : Int(min(asked, 25_000))
    let points = try await tracking.store.read { store in
      try store.histories(of: key, in: runs.compactMap { RunID($0) }, limit: limit)
    }
    return ["metrics": .array(points.map { $0.metric.api(of: $0.run) })]
  }
}

extension Metric {
  /// The point with the run that it is of.
  func api(of run: RunID) -> JSONValue {
    .object(apiMembers + [.init("run_id", .string(run.hex))])
  }
}
