import Formats
import HTTPTypes

/// One entry of the API: where it stands, what it takes, who may use it, and what it does.
package struct Endpoint: Sendable {
  package var method: HTTPRequest.Method
  /// Below the prefix, such as `runs/get` or `logged-models/{model_id}`.
  package var path: String
  package var access: AccessRule
  /// The fields of the request.
  package var shape: RequestShape
  /// What is asked of the fields, in the order in which MLflow looks.
  package var rules: [FieldRule]
  package var answer: @Sendable (APIRequest, Tracking) async throws -> JSONValue

  package init(
    _ method: HTTPRequest.Method, _ path: String, access: AccessRule, shape: RequestShape,
    rules: [FieldRule] = [],
    answer: @escaping @Sendable (APIRequest, Tracking) async throws -> JSONValue
  ) {
    self.method = method
    self.path = path
    self.access = access
    self.shape = shape
    self.rules = rules
    self.answer = answer
  }
}
