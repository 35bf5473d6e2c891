import HTTPTypes
import HummingbirdCore

/// What is sent back.
package struct ServerAnswer: Sendable {
  package enum Body: Sendable {
    case bytes([UInt8])
    /// Written piece by piece; without a length it is sent in chunks. The writer is finished by who calls.
    case stream(length: Int?, @Sendable (inout any ResponseBodyWriter) async throws -> Void)
  }

  package var status: HTTPResponse.Status
  package var headers: HTTPFields
  package var body: Body
  /// Whether the connection is closed after the answer, as when a body was left unread.
  package var closes = false

  package init(_ status: HTTPResponse.Status = .ok, headers: HTTPFields = [:], body: Body) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A text of some media type.
  package init(_ type: String, _ text: String, _ status: HTTPResponse.Status = .ok) {
    self.init(status, headers: [.contentType: type], body: .bytes(Array(text.utf8)))
  }
}
