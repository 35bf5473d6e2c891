import Formats

/// What MLflow's web pages ask GraphQL for.
enum GraphQLOperation: CaseIterable, Sendable {
  case getExperiment, getRun, searchRuns, metricHistory

  /// The field of the answer.
  var field: String {
    switch self {
    case .getExperiment: "mlflowGetExperiment"
    case .getRun: "mlflowGetRun"
    case .searchRuns: "mlflowSearchRuns"
    case .metricHistory: "mlflowGetMetricHistoryBulkInterval"
    }
  }

  private var names: [String] {
    switch self {
    case .getExperiment: ["MlflowGetExperimentQuery"]
    case .getRun: ["GetRun"]
    case .searchRuns: ["SearchRuns"]
    case .metricHistory: ["GetMetricHistoryBulkInterval"]
    }
  }

  /// Told by the operation's name, or by the field that the query selects.
  init?(_ request: JSONValue) {
    let name = request["operationName"]?.string ?? ""
    let query = request["query"]?.string ?? ""
    let found =
      GraphQLOperation.allCases.first { $0.names.contains(name) }
      ?? GraphQLOperation.allCases.first { query.contains($0.field + "(") }
    guard let found else { return nil }
    self = found
  }

  func answer(
    _ input: JSONValue, _ identity: Identity, _ api: TrackingAPI
  ) async throws -> JSONValue {
    switch self {
    case .getExperiment:
      let found = try await api.perform(ExperimentEndpoints.get, snake(input), identity)
      return response(
        "MlflowGetExperimentResponse", "experiment", GraphType.experiment.graph(found["experiment"])
      )
    case .getRun:
      let found = try await api.perform(RunEndpoints.get, snake(input), identity)
      let run = try await whole(found["run"] ?? .null, identity, api)
      return response("MlflowGetRunResponse", "run", GraphType.run.graph(run))
    case .searchRuns:
      let found = try await api.perform(RunEndpoints.search, snake(input), identity)
      var runs: [JSONValue] = []
      for run in found["runs"]?.array ?? [] {
        runs.append(GraphType.run.graph(try await whole(run, identity, api)))
      }
      return response(
        "MlflowSearchRunsResponse", "runs", .array(runs),
        more: [.init("nextPageToken", found["next_page_token"] ?? .null)])
    case .metricHistory:
      let found = try await api.perform(MetricEndpoints.bulkInterval, snake(input), identity)
      let points = found["metrics"]?.array ?? []
      return response(
        "MlflowGetMetricHistoryBulkIntervalResponse", "metrics",
        .array(points.map(GraphType.metricOfRun.graph)))
    }
  }

  /// A run with its experiment and the versions of models that were made of it.
  private func whole(
    _ run: JSONValue, _ identity: Identity, _ api: TrackingAPI
  ) async throws -> JSONValue {
    let info = run["info"]
    let experiment = try await api.perform(
      ExperimentEndpoints.get, ["experiment_id": info?["experiment_id"] ?? .null], identity)
    let versions = try await api.perform(
      ModelVersionEndpoints.search,
      ["filter": .string("run_id = '\(info?["run_id"]?.string ?? "")'"), "max_results": 1000],
      identity)
    return .object(
      (run.members ?? []) + [
        .init("experiment", experiment["experiment"] ?? .null),
        .init("model_versions", versions["model_versions"] ?? .array([])),
      ])
  }

  private func response(
    _ type: String, _ field: String, _ value: JSONValue, more: [JSONValue.Member] = []
  ) -> JSONValue {
    .object(
      [.init("__typename", .string(type)), .init("apiError", .null), .init(field, value)] + more)
  }

  /// The input's names as the REST API has them.
  private func snake(_ input: JSONValue) -> JSONValue {
    .object(
      (input.members ?? []).map { member in
        let name = member.key.unicodeScalars.reduce(into: "") { text, scalar in
          if ("A"..."Z").contains(scalar) { text += "_" }
          text += String(scalar).lowercased()
        }
        return .init(name, member.value)
      })
  }
}
