import Formats
import Platform
import Records

/// Histories of metrics: `metrics/…`.
enum MetricEndpoints {
  static let all: [Endpoint] = [history, bulkInterval, bulk]

  static let history = Endpoint(
    .get, "metrics/get-history", access: .on(.run("run_id"), .read),
    shape: [
      "run_id": .text, "run_uuid": .text, "metric_key": .text, "page_token": .text,
      "max_results": .int32,
    ],
    rules: [
      FieldRule("run_id", .string, .required), FieldRule("metric_key", .string, .required),
      FieldRule("page_token", .string),
    ]
  ) { request, tracking in
    let limit = request.int("max_results").map { Int($0) }
    if let limit, limit <= 0 {
      throw APIError.invalid(
        "Invalid value \(limit) for parameter 'max_results' supplied. It must be a positive integer."
      )
    }
    let offset = try PageToken.offset(request.text("page_token"))
    let key = request.plainText("metric_key")
    guard let id = RunID(request.text("run_id") ?? request.plainText("run_uuid")) else {
      return [:]
    }
    let points = try await tracking.store.read { store in
      try store.history(
        of: key, in: id, order: .time, limit: limit.map { $0 + 1 }, offset: offset)
    }
    let page = limit.map { Array(points.prefix($0)) } ?? points
    var json = JSONMembers()
    json.add("metrics", page.map(\.api))
    if let limit, points.count > limit {
      json.add("next_page_token", PageToken.text(offset: offset + limit))
    }
    return json.value
  }
}
