import Formats
import HTTPTypes
import Platform
import Records

/// A refusal in MLflow's words: `{"error_code": …, "message": …}` and a status.
package struct APIError: Error, Sendable, Hashable {
  package var code: String
  package var message: String
  package var status: Int
  /// Seconds after which it may be tried again.
  package var retryAfter: Int?
  /// The methods that are answered where the one that was sent is not.
  package var allowed: [String] = []

  package init(_ code: String, _ message: String, status: Int, retryAfter: Int? = nil) {
    self.code = code
    self.message = message
    self.status = status
    self.retryAfter = retryAfter
  }

  package static func invalid(_ message: String) -> APIError {
    APIError("INVALID_PARAMETER_VALUE", message, status: 400)
  }

  package static func missing(_ message: String) -> APIError {
    APIError("RESOURCE_DOES_NOT_EXIST", message, status: 404)
  }

  package static func exists(_ message: String) -> APIError {
    APIError("RESOURCE_ALREADY_EXISTS", message, status: 400)
  }

  /// - Parameter allowed: `HEAD` goes with `GET`.
  static func wrongMethod(_ method: HTTPTypes.HTTPRequest.Method, allowed: [String]) -> APIError {
    var error = APIError("BAD_REQUEST", "The method \(method) is not allowed here.", status: 405)
    error.allowed = allowed.flatMap { $0 == "GET" ? ["GET", "HEAD"] : [$0] }.sorted()
    return error
  }

  /// What is sent.
  package var answer: ServerAnswer {
    let json: JSONValue = ["error_code": .string(code), "message": .string(message)]
    var answer = ServerAnswer(
      "application/json", json.text(), HTTPResponse.Status(code: status))
    if status == 401 { answer.headers[.wwwAuthenticate] = "Basic realm=\"mlflow\"" }
    if let retryAfter { answer.headers[.retryAfter] = String(retryAfter) }
    if !allowed.isEmpty { answer.headers[.allow] = allowed.joined(separator: ", ") }
    return answer
  }
}

extension APIError {
  package init(_ failure: RecordFailure) {
    let status =
      switch failure.code {
      case .invalidParameterValue, .alreadyExists, .badRequest: 400
      case .doesNotExist: 404
      case .permissionDenied: 403
      case .conflict: 409
      case .invalidState: 500
      }
    self.init(failure.code.rawValue, failure.message, status: status)
  }

  /// What the client is told of any error. Of our own mistakes and of the machine's it is told no details.
  init(any error: any Error) {
    switch error {
    case let error as APIError: self = error
    case let error as RecordFailure: self.init(error)
    case let error as Failure: self.init(error)
    default: self = .ours
    }
  }

  private static let ours = APIError(
    "INTERNAL_ERROR", "The server could not answer; its log tells why.", status: 500)

  private init(_ failure: Failure) {
    switch failure.code {
    case .notFound: self = .missing(failure.message)
    case .conflict, .usage, .parse, .invalid, .unsupported, .no: self = .invalid(failure.message)
    case .permission: self.init("PERMISSION_DENIED", "Permission denied", status: 403)
    case .noSpace:
      self.init(
        "TEMPORARILY_UNAVAILABLE", "No space is left on the server's disk; nothing was stored.",
        status: 507)
    case .locked, .unreachable:
      self.init(
        "TEMPORARILY_UNAVAILABLE", "The server is busy; try again.", status: 503, retryAfter: 1)
    case .io, .corrupt, .interrupted, .bug: self = .ours
    }
  }
}
