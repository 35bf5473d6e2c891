import Formats
import HTTPTypes

/// MLflow's REST API.
package struct TrackingAPI: ServerPart {
  private let table: EndpointTable
  private let tracking: Tracking
  private let limits: ServerLimits
  private let gate: AdmissionGate
  /// Of the bodies of all requests.
  let bodies: BodyBudget

  /// Every endpoint there is.
  package static let endpoints: [Endpoint] =
    ExperimentEndpoints.all + RunEndpoints.all + LoggingEndpoints.all + MetricEndpoints.all
    + ArtifactEndpoints.all + RegisteredModelEndpoints.all + ModelAliasEndpoints.all
    + ModelVersionEndpoints.all + LoggedModelEndpoints.all + ServerEndpoints.all

  package init(
    _ tracking: Tracking, endpoints: [Endpoint] = TrackingAPI.endpoints,
    limits: ServerLimits = ServerLimits(), gate: AdmissionGate? = nil
  ) {
    self.gate = gate ?? AdmissionGate(places: 256, room: 1024)
    self.tracking = tracking
    self.limits = limits
    bodies = BodyBudget(limits.jsonOfAll)
    table = EndpointTable(endpoints)
  }

  package func answer(_ request: ServerRequest) async throws -> ServerAnswer? {
    guard request.path.hasPrefix("/api/") || request.path.hasPrefix("/ajax-api/") else {
      return nil
    }
    switch table.find(request.method.rawValue, request.path) {
    case .nothing: return nil
    case .wrongMethod(let allowed):
      throw APIError.wrongMethod(request.method, allowed: allowed.map(\.rawValue))
    case .endpoint(let endpoint, let parameters):
      return try await answer(request, endpoint, parameters)
    }
  }

  private func answer(
    _ request: ServerRequest, _ endpoint: Endpoint, _ parameters: [String: String]
  ) async throws -> ServerAnswer {
    let hasBody = request.method != .get || request.query.isEmpty
    // Held until the answer is made, as what is read from a body is larger than the body.
    var share = bodies.share()
    let body = hasBody ? try await request.bytes(upTo: limits.json, &share) : []
    if request.method == .post || request.method == .put || !body.isEmpty {
      try ContentTypeRule.checkJSON(request.headers)
    }
    let json =
      hasBody ? try RequestBodyJSON.read(body) : try endpoint.shape.json(of: request.query)
    let answer = try await perform(
      endpoint, json, request.identity, parameters, from: request.client)
    return ServerAnswer(headers: [.contentType: "application/json"], body: .bytes(answer.utf8()))
  }

  /// Does what an endpoint does, for somebody who may.
  ///
  /// - Parameters:
  ///   - json: the request as it was sent.
  ///   - address: the client's.
  func perform(
    _ endpoint: Endpoint, _ json: JSONValue, _ identity: Identity,
    _ parameters: [String: String] = [:], from address: String = ""
  ) async throws -> JSONValue {
    let fields = try endpoint.fields(json)
    let request = APIRequest(fields: fields, parameters: parameters, identity: identity)
    return try await gate.admit {
      try await tracking.access.answer(endpoint, request, tracking, from: address)
    }
  }
}
