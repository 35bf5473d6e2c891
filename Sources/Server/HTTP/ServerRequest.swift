import HTTPTypes
import HummingbirdCore
import NIOCore

/// A request whose head was read; its body may still be on the way.
package struct ServerRequest: Sendable {
  package var method: HTTPRequest.Method
  /// The path as it was sent, percent-encoded, without the query.
  package var path: String
  package var query: QueryFields
  package var headers: HTTPFields
  package var body: RequestBody
  /// The host that was asked for, with its port: of the target or of the `Host` field.
  package var authority: String?
  /// The client's address; empty when there is no socket, as in tests.
  package var client: String
  /// Who asks.
  package var identity: Identity

  package init(
    _ method: HTTPRequest.Method, _ path: String, query: QueryFields = QueryFields(),
    headers: HTTPFields = [:], body: RequestBody = RequestBody(buffer: ByteBuffer()),
    authority: String? = nil, client: String = "", identity: Identity = .everybody
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
    self.authority = authority
    self.client = client
    self.identity = identity
  }

  /// The whole body.
  ///
  /// - Parameter share: of what all bodies may hold; it must live as long as the bytes, or what is made of them.
  /// - Throws: ``APIError`` with status 413 when it has more bytes than `limit`, 503 when the server holds too many of
  ///   others; one that says in its head that it would is not read.
  package func bytes(
    upTo limit: Int, _ share: inout BodyBudget.Share
  ) async throws -> [UInt8] {
    let tooLarge = APIError(
      "INVALID_PARAMETER_VALUE",
      "The body of the request exceeds the maximum length of \(limit) bytes.",
      status: 413)
    if let declared = headers[.contentLength] {
      guard let length = Int(declared), length <= limit else { throw tooLarge }
      if length == 0 { return [] }
      try share.expect(length)
    }
    var bytes: [UInt8] = []
    var pace = BodyPace()
    for try await var buffer in body {
      try pace.take(buffer.readableBytes)
      guard bytes.count + buffer.readableBytes <= limit else { throw tooLarge }
      try share.grow(to: bytes.count + buffer.readableBytes)
      bytes.append(contentsOf: buffer.readBytes(length: buffer.readableBytes) ?? [])
    }
    return bytes
  }
}
