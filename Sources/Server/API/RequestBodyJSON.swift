import Formats

/// The body of a request as MLflow's server reads it.
enum RequestBodyJSON {
  /// The JSON object of a body. None, or one that is no JSON, is an empty object (what is required is then missing);
  /// JSON in a text of JSON, as old clients send it, is read twice.
  static func read(_ body: [UInt8]) throws(APIError) -> JSONValue {
    guard let json = try? JSONValue(parsing: body, allowsNonFinite: true) else {
      return .object([])
    }
    switch json {
    case .object: return json
    case .null: return .object([])
    case .string(let text):
      if let inner = try? JSONValue(parsing: text, allowsNonFinite: true), inner.members != nil {
        return inner
      }
      throw notAnObject
    default: throw notAnObject
    }
  }

  private static let notAnObject = APIError(
    "BAD_REQUEST", "The body of the request must be a JSON object.", status: 400)
}
