import Formats
import HTTPTypes

/// `POST /graphql`, as far as MLflow's web pages ask: four operations, told apart by their name. Each answers all
/// fields, whatever the query selects, and does what the endpoint of the REST API does, with its rules.
struct GraphQLPart: ServerPart {
  let api: TrackingAPI
  let limits: ServerLimits

  func answer(_ request: ServerRequest) async throws -> ServerAnswer? {
    guard request.path == "/graphql" || request.path == "/ajax-api/2.0/mlflow/graphql" else {
      return nil
    }
    guard request.method == .post else {
      throw APIError.wrongMethod(request.method, allowed: ["POST"])
    }
    try ContentTypeRule.checkJSON(request.headers)
    var share = api.bodies.share()
    let json = try RequestBodyJSON.read(try await request.bytes(upTo: limits.json, &share))
    guard let operation = GraphQLOperation(json) else {
      throw APIError.invalid("The server knows no such GraphQL operation.")
    }
    // What was asked for stands in the only variable that is an object.
    let input = json["variables"]?.members?.first { $0.value.members != nil }?.value ?? [:]
    do {
      let found = try await operation.answer(input, request.identity, api)
      return GraphQLPart.answer([operation.field: found], errors: .null)
    } catch {
      let refusal = APIError(any: error)
      guard refusal.status < 500 else { throw error }
      return GraphQLPart.answer(
        [operation.field: .null], errors: .array([.string(refusal.message)]))
    }
  }

  private static func answer(_ data: [String: JSONValue], errors: JSONValue) -> ServerAnswer {
    let members = data.map { JSONValue.Member($0.key, $0.value) }
    let json: JSONValue = ["data": .object(members), "errors": errors]
    return ServerAnswer(headers: [.contentType: "application/json"], body: .bytes(json.utf8()))
  }
}
