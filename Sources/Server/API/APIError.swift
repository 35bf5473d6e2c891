import Formats
import HTTPTypes
import Platform
import Records

/// A refusal in MLflow's words: `{"error_code": …, "message": …}` and a status.
package struct APIError: Error, Sendable, Hashable {
  package var code: String
  package var message: String
  package var status: Int

  package init(_ code: String, _ message: String, status: Int) {
    self.code = code
    self.message = message
    self.status = status
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
}
