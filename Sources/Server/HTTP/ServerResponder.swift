import Formats
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import Platform
import Records

/// Takes each request through the guards to the part that answers it, and writes the answer.
package struct ServerResponder: Sendable {
  /// What every request passes before it is answered; who throws refuses it. They may set ``ServerRequest/identity``.
  package var guards: [any RequestGuard]
  /// The first that answers does.
  package var parts: [any ServerPart]
  package var logger: Logger
  /// Where answers are counted; nil: nowhere.
  var metrics: (counts: RequestMetrics, names: RouteNames)?

  package init(guards: [any RequestGuard] = [], parts: [any ServerPart], logger: Logger) {
    self.guards = guards
    self.parts = parts
    self.logger = logger
  }

  /// The answer to a request, whatever happens.
  package func answer(_ request: ServerRequest) async -> ServerAnswer {
    guard let (counts, names) = metrics else { return await uncounted(request) }
    let start = ContinuousClock.now
    counts.begin()
    let answer = await uncounted(request)
    counts.end(names.name(request), status: answer.status.code, after: .now - start)
    return answer
  }

  private func uncounted(_ request: ServerRequest) async -> ServerAnswer {
    var request = request
    var answer: ServerAnswer
    do {
      for check in guards { try await check.check(&request) }
      answer = try await route(request)
    } catch {
      answer = refusal(error, of: request)
    }
    SecurityHeaders.complete(&answer)
    return answer
  }

  private func route(_ request: ServerRequest) async throws -> ServerAnswer {
    for part in parts {
      if let answer = try await part.answer(request) { return answer }
    }
    throw APIError("ENDPOINT_NOT_FOUND", "Not Found", status: 404)
  }

  private func refusal(_ error: any Error, of request: ServerRequest) -> ServerAnswer {
    let refusal = APIError(any: error)
    if refusal.status >= 500 {
      logger.error("\(request.method) \(request.path): \(error)")
    }
    var answer = refusal.answer
    // A body that was not read to its end must not be taken for the next request.
    if request.method != .get, request.method != .head { answer.closes = refusal.status == 413 }
    return answer
  }

  /// Answers one request of a connection.
  func respond(
    to request: Request, _ writer: consuming ResponseWriter, on channel: any Channel
  ) async throws {
    let target = request.head.path ?? "/"
    let split = target.firstIndex(of: "?") ?? target.endIndex
    let answer = await answer(
      ServerRequest(
        request.method, String(target[..<split]),
        query: QueryFields(parsing: target[split...].dropFirst()), headers: request.headers,
        body: request.body, authority: request.head.authority,
        client: channel.remoteAddress?.ipAddress ?? ""))
    var head = HTTPResponse(status: answer.status, headerFields: answer.headers)
    if answer.closes { head.headerFields[.connection] = "close" }
    let isHead = request.method == .head
    switch answer.body {
    case .bytes(let bytes):
      head.headerFields[.contentLength] = String(bytes.count)
      let body = isHead ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
      try await writer.write(response: head, body: body)
    case .stream(let length, let write):
      if let length { head.headerFields[.contentLength] = String(length) }
      var body: any ResponseBodyWriter = try await writer.writeHead(head)
      if !isHead { try await write(&body) }
      try await body.finish(nil)
    }
    if answer.closes { try await channel.close() }
  }
}

/// Something that a request must pass before it is answered.
package protocol RequestGuard: Sendable {
  /// - Throws: ``APIError`` when the request is refused.
  func check(_ request: inout ServerRequest) async throws
}
