import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import Records
import Server
import Support
import Testing

private typealias HTTPRequest = HTTPTypes.HTTPRequest

@Suite("What all bodies together may hold") struct BodyBudgetTests {
  private static let free = BodyBudget.free

  @Test("a body takes what it has beyond the free bytes, and gives it back")
  func shares() throws {
    let budget = BodyBudget(1000)
    do {
      var share = budget.share()
      try share.grow(to: Self.free)
      #expect(budget.left == 1000)
      try share.grow(to: Self.free + 600)
      try share.grow(to: Self.free + 500)
      #expect(budget.left == 400)
      var other = budget.share()
      #expect(throws: APIError.busy) { try other.expect(Self.free + 401) }
      #expect(throws: APIError.busy) { try other.grow(to: Self.free + 401) }
      try other.expect(Self.free + 400)
      #expect(budget.left == 400)
      try other.grow(to: Self.free + 400)
      #expect(budget.left == 0)
      try other.grow(to: Self.free + 400)
      #expect(throws: APIError.busy) { try share.grow(to: Self.free + 601) }
    }
    #expect(budget.left == 1000)
  }

  @Test("a thousand clients that stop in the middle of a large body hold no more than the budget")
  func crowd() async throws {
    let folder = try TemporaryFolder()
    var safety = ServerSafety()
    safety.limits.jsonOfAll = 8 << 20
    let server = try TrackingServer(
      store: RecordStore(in: folder.path), on: .init(host: "127.0.0.1", port: 5000),
      safety: safety, logger: Logger(label: "test"))
    server.expectPort(5000)
    let part = ByteBuffer(repeating: UInt8(ascii: " "), count: 256 << 10)
    let end = ByteBuffer(string: "{\"max_results\": 1}")
    /// A body of 1 MB, whose end comes later.
    func body() -> (body: RequestBody, rest: AsyncStream<ByteBuffer>.Continuation) {
      let (stream, rest) = AsyncStream.makeStream(of: ByteBuffer.self)
      for _ in 0..<4 { rest.yield(part) }
      return (RequestBody(asyncSequence: stream), rest)
    }
    func finish(_ rest: AsyncStream<ByteBuffer>.Continuation) {
      rest.yield(end)
      rest.finish()
    }
    func ask(_ body: RequestBody) async -> ServerAnswer {
      await server.answer(
        ServerRequest(
          .post, "/api/2.0/mlflow/experiments/search", headers: [.contentType: "application/json"],
          body: body, authority: "127.0.0.1:5000"))
    }
    let crowd = 1000
    let (statuses, hasRetry) = await withTaskGroup(of: ServerAnswer.self) { group in
      let bodies = (0..<crowd).map { _ in body() }
      for (body, _) in bodies { group.addTask { await ask(body) } }
      var answers: [ServerAnswer] = []
      // Eight have room for 1 MB less the free bytes; the others are refused while those wait.
      while answers.count < crowd - 9, let answer = await group.next() { answers.append(answer) }
      #expect(answers.allSatisfy { $0.status.code == 503 })
      let small = await ask(RequestBody(buffer: end))
      #expect(small.status == .ok, "a small body needs no share")
      for (_, rest) in bodies { finish(rest) }
      for await answer in group { answers.append(answer) }
      return (
        answers.map(\.status.code),
        answers.allSatisfy { ($0.headers[.retryAfter] != nil) == ($0.status.code == 503) }
      )
    }
    #expect(Set(statuses) == [200, 503] && hasRetry)
    let served = statuses.count { $0 == 200 }
    #expect((1...8).contains(served), "\(served) were held at once")
    let (last, rest) = body()
    finish(rest)
    #expect(await ask(last).status == .ok, "what was held is given back")
  }

  @Test("over a socket: 503 with Retry-After, also when only the head says how much will come")
  func socket() async throws {
    let server = try await RawServer { $0.limits.jsonOfAll = 100_000 }
    let head = """
      POST /api/2.0/mlflow/experiments/search HTTP/1.1\r
      Content-Type: application/json\r
      Host: 127.0.0.1:PORT\r
      Connection: close\r

      """
    let spaces = String(repeating: " ", count: 200_000)
    let told = await server.send(head + "Content-Length: 200002\r\n\r\n{" + spaces + "}")
    #expect(told.status == 503 && told.text.lowercased().contains("retry-after: 1"))
    let chunked = await server.send(
      head + "Transfer-Encoding: chunked\r\n\r\n30d40\r\n" + spaces + "\r\n0\r\n\r\n")
    #expect(chunked.status == 503 && chunked.text.lowercased().contains("retry-after: 1"))
    let fits = String(repeating: " ", count: 150_000)
    let reply = await server.send(
      head + "Content-Length: 150018\r\n\r\n{\"max_results\": 1" + fits + "}")
    #expect(reply.status == 200)
    try await server.stop()
  }
}
