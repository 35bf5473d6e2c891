import Glibc
import Platform
import Records
import Support
import SystemPackage
import Testing

@testable import Server

@Suite("Runs that go on") struct LiveTests {
  private static func append(_ text: String, of run: Run) throws {
    let file = FilePath(run.artifactURI).appending("logs/stdout.txt")
    try FileSystem.createDirectory(file.removingLastComponent())
    let old = FileSystem.exists(file) ? try FileSystem.readText(file) : ""
    try FileSystem.write(old + text, to: file, durable: false)
  }

  /// The names of the events in a text, in their order.
  private static func names(_ text: String?) -> [String] {
    (text ?? "").split(separator: "\n").filter { $0.hasPrefix("event: ") }.map {
      String($0.dropFirst(7))
    }
  }

  @Test("each look tells what is new, and the end is the last") func telling() async throws {
    let world = try PageWorld()
    let run = try world.run("one", status: .running)
    var events = Reader(of: run, in: world.store)
    #expect(Self.names(try await events.next()) == ["metrics", "status"])
    #expect(try await events.next() == "")
    try Self.append("first\nhalf", of: run)
    let lines = try #require(try await events.next())
    #expect(Self.names(lines) == ["log", "unfinished"])
    #expect(lines.contains("id: 6\n") && lines.contains(">half"))
    try Self.append("\rwhole\nnext\n", of: run)
    let next = try #require(try await events.next())
    #expect(Self.names(next) == ["log"])
    #expect(next.contains(">whole") && next.contains(">next") && !next.contains("first"))
    try world.store.log(metrics: [Metric("loss/a b", 0.1, timestamp: 9, step: 9)], to: run.id)
    let metric = try #require(try await events.next())
    #expect(Self.names(metric) == ["metrics"])
    #expect(metric.contains("\"0.1\"") && !metric.contains("auc"))
    try Self.append("without an end", of: run)
    try world.store.finish(run.id, RunEnding(status: .finished, endTime: run.startTime + 9000))
    let last = try #require(try await events.next())
    #expect(Self.names(last) == ["log", "status", "end"])
    #expect(try await events.next() == nil)
  }

  @Test("a reader that comes back gets what it has missed") func coming() async throws {
    let world = try PageWorld()
    let run = try world.run("one", status: .running)
    try Self.append("a\nb\nc\n", of: run)
    var events = Reader(of: run, in: world.store, after: "2")
    let text = try #require(try await events.next())
    #expect(!text.contains(">a\n") && text.contains(">b") && text.contains("id: 6\n"))
  }

  @Test("there are only so many readers, and each place is free again when it is left")
  func places() throws {
    let readers = LiveReaders(limit: 2)
    var places = try [readers.enter(), readers.enter()]
    #expect(throws: APIError.busy) { try readers.enter() }
    places.removeLast()
    #expect(readers.count == 1)
    places.append(try readers.enter())
    readers.stop()
    places.removeAll()
    #expect(readers.count == 0)
    #expect(throws: APIError.busy) { try readers.enter() }
  }

  @Test("who goes away leaves his place, although nothing happens to the run")
  func leaving() async throws {
    let server = try await RawServer()
    let store = try RecordStore(in: server.folder.path)
    let run = try store.start(NewRun(name: "one", startTime: 1000))
    let request = """
      GET /runs/\(run.id)/events HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n\r\n
      """
    let readers = try (0..<50).map { _ in try server.connect(sending: request) }
    for _ in 0..<3000 where server.readers < 50 { try await Task.sleep(for: .milliseconds(10)) }
    #expect(server.readers == 50)
    for reader in readers { close(reader) }
    for _ in 0..<3000 where server.readers > 0 { try await Task.sleep(for: .milliseconds(10)) }
    #expect(server.readers == 0)
    try await server.stop()
  }

  @Test("a connection that follows a run ends when the server stops") func stopping() async throws {
    let server = try await RawServer()
    let store = try RecordStore(in: server.folder.path)
    let run = try store.start(NewRun(name: "one", startTime: 1000))
    let request = """
      GET /runs/\(run.id)/events HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n
      """
    async let reply = server.send(request, patience: 20)
    try await server.waitForReader()
    try await server.stop()
    let told = await reply
    #expect(told.status == 200 && told.isClosed)
    #expect(told.text.contains("text/event-stream") && told.text.contains("event: status"))
  }
}
