import Formats
import Platform
import Support
import SystemPackage
import Testing

@testable import Datasets

@Suite("A remote over http") struct HTTPStoreTests {
  private let server: FaultyServer
  private let file: FilePath
  private let bytes: [UInt8]

  init() throws {
    server = try FaultyServer()
    var random = SeededRandom(seed: 5)
    bytes = (0..<300_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    file = server.folder.path.appending("in")
    try FileSystem.write(bytes, to: file)
  }

  private func store(_ fault: String, _ settings: [String: String] = [:]) throws -> HTTPStore {
    try HTTPStore(
      server.url(fault), RemoteSettings(settings),
      RetryPolicy(attempts: 4, first: .milliseconds(5)))
  }

  private func failure(_ body: () throws -> Void) -> Failure? {
    do { try body() } catch { return error as? Failure }
    return nil
  }

  private func asked() throws -> [String] {
    let answer = try JSONValue(parsing: HTTPClient().get(server.url("asked")))
    return answer["asked"]?.array?.compactMap(\.string) ?? []
  }

  @Test(
    "an object goes there and back, by the method that the server takes",
    arguments: ["POST", "PUT"])
  func roundTrip(method: String) throws {
    let store = try store("plain", ["method": method])
    let key = "a é/b c+&%?#"
    #expect(try store.size(of: key) == nil)
    let sent = ByteTally()
    try store.upload(file, to: key, TransferContext(moved: { sent.add($0) }))
    #expect(sent.value == Int64(bytes.count))
    #expect(try store.size(of: key) == Int64(bytes.count))
    let back = server.folder.path.appending("out")
    let came = ByteTally()
    try store.download(key, to: back, TransferContext(moved: { came.add($0) }))
    #expect(came.value == Int64(bytes.count))
    #expect(try FileSystem.read(back) == bytes)
    try store.remove(key)
    #expect(try store.size(of: key) == nil)
    #expect(try asked().contains { $0.hasPrefix(method) })
  }

  @Test("an empty object")
  func empty() throws {
    let store = try store("plain")
    let empty = try server.folder.write("", to: "empty")
    try store.upload(empty, to: "e", TransferContext())
    #expect(try store.size(of: "e") == 0)
    let back = server.folder.path.appending("out")
    try store.download("e", to: back, TransferContext())
    #expect(try FileSystem.read(back) == [])
  }

  @Test(
    "what is cut off, reset, stalls, is busy or begins anew comes whole in the end",
    arguments: [
      "cut", "reset", "norange", "busy", "throttled", "toolong", "changing", "stall", "unknown",
    ])
  func comesWhole(fault: String) throws {
    try store("plain").upload(file, to: "k", TransferContext())
    let store = try store(fault, ["read_timeout": "1"])
    let back = server.folder.path.appending("out")
    let came = ByteTally()
    try store.download("k", to: back, TransferContext(moved: { came.add($0) }))
    let result = try FileSystem.read(back)
    #expect(came.value == Int64(bytes.count))
    if fault == "changing" {
      #expect(result.count == bytes.count && Set(result).count == 1)
    } else {
      #expect(result == bytes)
    }
    let ranges = try asked().filter { $0.contains("bytes=") }
    #expect(ranges.isEmpty == ["busy", "throttled", "unknown"].contains(fault))
  }

  @Test("an answer with another part than was asked for is a failure and leaves nothing")
  func wrongRange() throws {
    try store("plain").upload(file, to: "k", TransferContext())
    let back = server.folder.path.appending("out")
    let failure = failure { try store("wrongrange").download("k", to: back, TransferContext()) }
    #expect(failure?.code == .invalid)
    #expect(!FileSystem.exists(back))
  }

  @Test(
    "an upload is sent once more when the server hangs up, and counted once",
    arguments: ["resetput", "busy"])
  func sentAgain(fault: String) throws {
    let sent = ByteTally()
    try store(fault).upload(file, to: "k", TransferContext(moved: { sent.add($0) }))
    #expect(sent.value == Int64(bytes.count))
    #expect(try store("plain").size(of: "k") == Int64(bytes.count))
  }

  @Test("who we are: basic, digest, and a line of our own")
  func logins() throws {
    let me = ["user": "me", "password": "pass"]
    for (fault, more) in [
      ("basic", ["auth": "basic"]), ("digest", ["auth": "digest"]),
      ("custom", ["auth": "custom", "custom_auth_header": "X-Secret", "password": "hush"]),
    ] {
      let store = try store(fault, me.merging(more) { $1 })
      try store.upload(file, to: fault, TransferContext())
      #expect(try store.size(of: fault) == Int64(bytes.count))
      let stranger = failure { _ = try self.store(fault).size(of: fault) }
      #expect(stranger?.code == .permission)
      let wrong = failure {
        _ = try self.store(fault, me.merging(more) { $1 }.merging(["password": "sesame"]) { $1 })
          .size(of: fault)
      }
      #expect(wrong?.code == .permission)
      #expect(wrong?.description.contains("sesame") == false)
    }
  }

  @Test("a redirect is followed for reading, not for sending, and no secret goes to another host")
  func redirects() throws {
    try store("plain").upload(file, to: "k", TransferContext())
    #expect(try store("to").size(of: "k") == Int64(bytes.count))
    #expect(failure { try store("to").upload(file, to: "k", TransferContext()) }?.code == .invalid)
    let secret = try store(
      "away", ["auth": "custom", "custom_auth_header": "X-Secret", "password": "hush"])
    let back = server.folder.path.appending("out")
    try secret.download("k", to: back, TransferContext())
    #expect(try FileSystem.readText(back) == "nothing")
  }

  @Test("a server without HEAD, without DELETE, without the method")
  func unable() throws {
    try store("plain").upload(file, to: "k", TransferContext())
    #expect(try store("nohead").size(of: "k") == Int64(bytes.count))
    #expect(try store("nohead").size(of: "none") == nil)
    #expect(failure { try store("nodelete").remove("k") }?.code == .unsupported)
    let put = try store("postonly", ["method": "PUT"])
    #expect(failure { try put.upload(file, to: "k", TransferContext()) }?.code == .unsupported)
    #expect(failure { try store("plain").list("") { _, _ in } }?.code == .unsupported)
  }

  @Test("a server that is always busy, and one that says no at once")
  func refusals() throws {
    #expect(failure { _ = try store("alwaysbusy").size(of: "k") }?.code == .unreachable)
    #expect(try asked().count { $0.contains("alwaysbusy") } == 4)
    let early = failure { try store("early403").upload(file, to: "k", TransferContext()) }
    #expect(early?.code == .permission)
    #expect(try asked().count { $0.contains("early403") } == 1, "4xx is not tried again")
    let back = server.folder.path.appending("out")
    #expect(
      failure { try store("plain").download("no", to: back, TransferContext()) }?.code == .notFound)
    #expect(!FileSystem.exists(back))
  }

  @Test("a transfer that is cancelled ends, even while it waits")
  func cancelled() throws {
    let context = TransferContext(isCancelled: { true })
    #expect(
      failure { try store("alwaysbusy").upload(file, to: "k", context) }?.code == .interrupted)
    let back = server.folder.path.appending("out")
    #expect(failure { try store("plain").download("k", to: back, context) }?.code == .interrupted)
    #expect(!FileSystem.exists(back))
  }

  @Test("a connection is used for many requests")
  func keepAlive() throws {
    let store = try store("plain")
    for _ in 0..<50 { _ = try store.size(of: "none") }
    let answer = try JSONValue(parsing: HTTPClient().get(server.url("asked")))
    #expect(answer["ports"] == .int(1))
  }
}
