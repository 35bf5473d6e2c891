import Formats

/// One entry of the API: where it stands, what it takes, who may use it, and what it does.
package struct Endpoint: Sendable {
  package typealias Answer = @Sendable (APIRequest, Tracking) async throws -> JSONValue

  package enum Method: String, Sendable, Hashable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
  }

  package var method: Method
  /// Below the prefix, such as `runs/get` or `logged-models/{model_id}`.
  package var path: String
  /// The version of the API in the prefix.
  package var version: String
  package var access: AccessRule
  /// The fields of the request.
  package var shape: RequestShape
  /// What is asked of the fields, in the order in which MLflow looks.
  package var rules: [FieldRule]
  package var answer: Answer

  package init(
    _ method: Method, _ path: String, version: String = "2.0", access: AccessRule,
    shape: RequestShape = [:], rules: [FieldRule] = [], answer: @escaping Answer
  ) {
    self.method = method
    self.path = path
    self.version = version
    self.access = access
    self.shape = shape
    self.rules = rules
    self.answer = answer
  }

  /// Reads and checks the fields of a request.
  package func fields(_ json: JSONValue) throws(APIError) -> JSONValue {
    try shape.refuseTwoSpellings(json)
    let (fields, isWhole) = shape.read(json)
    for rule in rules { try rule.check(json, isRead: isWhole) }
    return fields
  }
}

extension RequestShape {
  /// The fields of a query as if they had come as JSON: a field that repeats is a list also when it stands once.
  func json(of query: QueryFields) throws(APIError) -> JSONValue {
    var members: [JSONValue.Member] = []
    for field in fields {
      let values = query.all(field.name)
      guard let first = values.first else { continue }
      switch field.kind {
      case .list: members.append(.init(field.name, .array(values.map { .string($0) })))
      case .bool:
        guard ["true", "false"].contains(first.lowercased()) else {
          throw .invalid("Invalid boolean value: \(first), must be 'true' or 'false'.")
        }
        members.append(.init(field.name, .bool(first.lowercased() == "true")))
      default: members.append(.init(field.name, .string(first)))
      }
    }
    return .object(members)
  }
}
