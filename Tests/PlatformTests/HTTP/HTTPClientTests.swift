import Platform
import Support
import SystemPackage
import Testing

@Suite("Fetching over http") struct HTTPClientTests {
  private func failure(_ body: () throws -> Void) -> Failure? {
    do { try body() } catch { return error as? Failure }
    return nil
  }

  @Test("a body comes whole, through redirects too, into memory and into a file")
  func whole() throws {
    let server = try HTTPServer()
    let text = String(repeating: "0123456789", count: 100_000)
    try server.folder.write(text, to: "data.txt")
    let client = HTTPClient()
    #expect(try client.get(server.url("/data.txt")) == Array(text.utf8))
    #expect(try client.get(server.url("/to//data.txt")).count == 1_000_000)
    let path = server.folder.path.appending("copy")
    var last = ByteCount(0)
    try client.download(server.url("/to//data.txt"), to: path) { received, _ in last = received }
    #expect(try FileSystem.readText(path) == text)
    #expect(last == ByteCount(1_000_000))
  }

  @Test(
    "a status that says no is a failure of its kind",
    arguments: [
      (404, Failure.Code.notFound), (410, .notFound), (401, .permission), (403, .permission),
      (429, .unreachable), (500, .unreachable), (503, .unreachable), (400, .invalid),
      (304, .invalid),
    ])
  func statuses(status: Int, code: Failure.Code) throws {
    let server = try HTTPServer()
    let path = server.folder.path.appending("out")
    #expect(failure { _ = try HTTPClient().get(server.url("/status/\(status)")) }?.code == code)
    #expect(
      failure { try HTTPClient().download(server.url("/status/\(status)"), to: path) }?.code == code
    )
    #expect(!FileSystem.exists(path))
  }

  @Test("a body that is cut off, stalls or is too large leaves nothing")
  func broken() throws {
    let server = try HTTPServer()
    let path = server.folder.path.appending("out")
    try server.folder.write("old", to: "out")
    let before = try FileSystem.names(in: server.folder.path)
    let client = HTTPClient(stallTimeout: .seconds(1))
    #expect(failure { try client.download(server.url("/cut"), to: path) }?.code == .unreachable)
    #expect(failure { try client.download(server.url("/stall"), to: path) }?.code == .unreachable)
    #expect(
      failure { try client.download(server.url("/endless"), to: path, limit: 1_000_000) }?.code
        == .invalid)
    #expect(failure { _ = try client.get(server.url("/cut"), limit: 50) }?.code == .invalid)
    #expect(failure { _ = try client.get(server.url("/loop")) }?.code == .invalid)
    #expect(try FileSystem.readText(path) == "old")
    #expect(try FileSystem.names(in: server.folder.path) == before)
  }

  @Test(
    "addresses that are none, or lead to none",
    arguments: ["ftp://127.0.0.1/x", "file:///etc/passwd", "nothing", "", "http://", "http://[::1"])
  func addresses(url: String) {
    #expect(failure { _ = try HTTPClient().get(url) }?.code == .invalid)
  }

  @Test("a redirect to a file is not followed")
  func toFile() throws {
    let server = try HTTPServer()
    let failure = failure { _ = try HTTPClient().get(server.url("/to/file:///etc/passwd")) }
    #expect(failure?.code == .invalid)
  }

  @Test("a port where nobody listens, and a name that is not there")
  func unreachable() {
    for url in ["http://127.0.0.1:1/", "https://127.0.0.1:1/", "http://name.invalid/"] {
      let client = HTTPClient(connectTimeout: .seconds(2))
      #expect(failure { _ = try client.get(url) }?.code == .unreachable)
    }
  }

  @Test("the password of an address is not shown")
  func secrets() {
    let failure = failure { _ = try HTTPClient().get("http://me:secret@127.0.0.1:1/x") }
    #expect(failure?.message == "cannot reach `http://127.0.0.1:1/x`")
    #expect(failure?.description.contains("secret") == false)
  }

  @Test("cancelling the task ends the transfer")
  func cancelled() async throws {
    let server = try HTTPServer()
    let url = server.url("/endless")
    let task = Task.detached {
      try HTTPClient().get(url, limit: .max)
    }
    try await Task.sleep(for: .milliseconds(50))
    task.cancel()
    let failure = await #expect(throws: Failure.self) { try await task.value }
    #expect(failure?.code == .interrupted)
  }
}
