import Formats
import HTTPTypes

/// MLflow's REST API.
package struct TrackingAPI: ServerPart {
  private let table: EndpointTable
  private let tracking: Tracking
  private let limits: ServerLimits
  private let gate: AdmissionGate

  /// Every endpoint there is.
  package static let endpoints: [Endpoint] =
    ExperimentEndpoints.all + RunEndpoints.all + LoggingEndpoints.all + MetricEndpoints.all
    + ArtifactEndpoints.all + ServerEndpoints.all

  package init(
    _ tracking: Tracking, endpoints: [Endpoint] = TrackingAPI.endpoints,
    limits: ServerLimits = ServerLimits(), gate: AdmissionGate? = nil
  ) {
    self.gate = gate ?? AdmissionGate(places: 256, room: 1024)
    self.tracking = tracking
    self.limits = limits
    table = EndpointTable(endpoints)
  }

  package func answer(_ request: ServerRequest) async throws -> ServerAnswer? {
    guard request.path.hasPrefix("/api/") || request.path.hasPrefix("/ajax-api/") else {
      return nil
    }
    switch table.find(request.method.rawValue, request.path) {
    case .nothing: return nil
    case .wrongMethod:
      throw APIError(
        "BAD_REQUEST", "The method \(request.method) is not allowed here.", status: 405)
    case .endpoint(let endpoint, let parameters):
      return try await answer(request, endpoint, parameters)
    }
  }

  private func answer(
    _ request: ServerRequest, _ endpoint: Endpoint, _ parameters: [String: String]
  ) async throws -> ServerAnswer {
    let hasBody = request.method != .get || request.query.isEmpty
    let body = hasBody ? try await request.bytes(upTo: limits.json) : []
    if request.method == .post || request.method == .put || !body.isEmpty {
      try ContentTypeRule.checkJSON(request.headers)
    }
    let fields = try endpoint.fields(query: request.query, body: body)
    let answer = try await gate.admit {
      try await tracking.access.answer(
        endpoint,
        APIRequest(fields: fields, parameters: parameters, identity: request.identity), tracking,
        from: request.client)
    }
    return ServerAnswer(
      headers: [.contentType: "application/json"], body: .bytes(answer.utf8()))
  }
}
