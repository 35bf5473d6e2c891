import HTTPTypes

/// What a request is counted under: the endpoint of the API, or the part of the server.
struct RouteNames: Sendable {
  private let table: EndpointTable

  init(_ endpoints: [Endpoint]) { table = EndpointTable(endpoints) }

  func name(_ request: ServerRequest) -> String {
    let path = request.path
    if path.hasPrefix("/api/2.0/mlflow-artifacts/")
      || path.hasPrefix("/ajax-api/2.0/mlflow-artifacts/")
    {
      return "artifacts"
    }
    if path.hasPrefix("/api/") || path.hasPrefix("/ajax-api/") {
      if case .endpoint(let endpoint, _) = table.find(request.method.rawValue, path) {
        return endpoint.path
      }
      return "unknown"
    }
    let first = path.dropFirst().prefix { $0 != "/" }
    return RouteNames.parts.contains(String(first)) ? "/\(first)" : "unknown"
  }

  /// First words of the paths that are no API's.
  private static let parts: Set<String> = [
    "", "experiments", "runs", "compare", "chart", "find", "models", "series.csv", "assets",
    "health", "ping", "version", "metrics", "get-artifact", "model-versions", "graphql",
    "static-files",
  ]
}
