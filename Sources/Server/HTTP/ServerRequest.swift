import HTTPTypes
import HummingbirdCore
import NIOCore

/// A request whose head was read and checked; its body may still be on the way.
package struct ServerRequest: Sendable {
  package var method: HTTPRequest.Method
  /// The path as it was sent, percent-encoded, without the query.
  package var path: String
  package var query: QueryFields
  package var headers: HTTPFields
  package var body: RequestBody
  /// The client's address; empty when there is no socket, as in tests.
  package var client: String
  /// Who asks.
  package var identity: Identity

  package init(
    _ method: HTTPRequest.Method, _ path: String, query: QueryFields = QueryFields(),
    headers: HTTPFields = [:], body: RequestBody = RequestBody(buffer: .init()),
    client: String = "", identity: Identity = .everybody
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
    self.client = client
    self.identity = identity
  }
}
