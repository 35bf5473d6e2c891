import HTTPTypes
import HummingbirdCore

/// What is sent back.
package struct ServerAnswer: Sendable {
  package enum Body: Sendable {
    case bytes([UInt8])
    /// Written piece by piece; without a length it is sent in chunks.
    case stream(length: Int?, @Sendable (any ResponseBodyWriter) async throws -> Void)
  }

  package var status: HTTPResponse.Status
  package var headers: HTTPFields
  package var body: Body

  package init(_ status: HTTPResponse.Status = .ok, headers: HTTPFields = [:], body: Body) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A text of some media type.
  package init(_ status: HTTPResponse.Status = .ok, _ type: String, _ text: String) {
    self.init(status, headers: [.contentType: type], body: .bytes(Array(text.utf8)))
  }
}
