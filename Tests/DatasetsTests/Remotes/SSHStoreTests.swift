import Glibc
import Platform
import Support
import SystemPackage
import Testing

@testable import Datasets

@Suite("A remote over ssh", .serialized) struct SSHStoreTests {
  private let server: SSHServer

  init() async throws { server = try await SSHServer() }

  private func store(
    _ folder: String = "remote", _ settings: [String: String] = [:],
    variables: [String: String]? = nil
  ) throws -> SSHStore {
    guard case .ssh(let address) = try RemoteAddress(server.url(folder)) else {
      throw Failure(.bug, "no address of ssh")
    }
    return try SSHStore(
      address, settings: settings, variables: variables ?? server.variables,
      retries: RetryPolicy(attempts: 2, first: .milliseconds(50)))
  }

  private func failure(_ body: () throws -> Void) -> Failure? {
    do { try body() } catch { return error as? Failure }
    return nil
  }

  @Test(
    "an object goes there and back, whatever its name and size",
    arguments: [
      ("files/md5/ab/cd", 0), ("k", 1), ("a b/'q\" $(x) `y` ;&|<>\\\n*?/é", 100_000),
      ("large", 30_000_000),
    ])
  func roundTrip(key: String, count: Int) throws {
    let store = try store()
    var random = SeededRandom(seed: UInt64(count))
    let words = (0..<(count / 8 + 1)).map { _ in random.next() }
    let bytes = words.withUnsafeBytes { Array($0.prefix(count)) }
    let file = server.folder.path.appending("in")
    try FileSystem.write(bytes, to: file)
    #expect(try store.size(of: key) == nil)
    let sent = ByteTally()
    try store.upload(file, to: key, TransferContext(moved: { sent.add($0) }))
    #expect(sent.value == Int64(count))
    #expect(try store.size(of: key) == Int64(count))
    #expect(try FileSystem.read(server.folder.path.appending("remote").appending(key)) == bytes)
    let back = server.folder.path.appending("out")
    let came = ByteTally()
    try store.download(key, to: back, TransferContext(moved: { came.add($0) }))
    #expect(came.value == Int64(count))
    #expect(try FileSystem.read(back) == bytes)
    var listed: [String: Int64] = [:]
    try store.list("") { listed[$0] = $1 }
    #expect(listed == [key: Int64(count)])
    try store.remove(key)
    try store.remove(key)
    #expect(try store.size(of: key) == nil)
  }

  @Test("keys come in the order of their bytes; an object is replaced, or stays")
  func order() throws {
    let store = try store()
    let keys = ["sub.x", "sub/crlf.txt", "subdir", "sub/a/b", "é", "z", "A", "sub-"]
    let file = try server.folder.write("x", to: "in")
    for key in keys { try store.upload(file, to: key, TransferContext()) }
    let remote = server.folder.path.appending("remote")
    try FileSystem.write("half", to: remote.appending(".ABCDEFGHIJKLMNOPQRSTUV.tmp"))
    symlink("sub", remote.appending("link").string)
    symlink("nowhere", remote.appending("broken").string)
    var names: [String] = []
    try store.list("") { key, _ in names.append(key) }
    let linked = ["link/a/b", "link/crlf.txt"]
    #expect(names == (keys + linked).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    names = []
    try store.list("sub/") { key, _ in names.append(key) }
    #expect(names == ["sub/a/b", "sub/crlf.txt"])
    try store.list("no/such/folder") { _, _ in Issue.record("nothing is there") }
    let larger = try server.folder.write("larger", to: "larger")
    try store.upload(larger, to: "z", TransferContext(replaces: false))
    #expect(try store.size(of: "z") == 1)
    try store.upload(larger, to: "z", TransferContext())
    #expect(try store.size(of: "z") == 6)
  }

  @Test("what cannot be is told: missing, not permitted, a folder in the way")
  func refusals() throws {
    let store = try store()
    let back = server.folder.path.appending("out")
    #expect(failure { try store.download("none", to: back, TransferContext()) }?.code == .notFound)
    #expect(!FileSystem.exists(back))
    let file = try server.folder.write("x", to: "in")
    try store.upload(file, to: "a/b", TransferContext())
    #expect(try store.size(of: "a") == nil)
    #expect(failure { try store.upload(file, to: "a", TransferContext()) } != nil)
    #expect(try FileSystem.names(in: server.folder.path.appending("remote")) == ["a"])
    guard geteuid() != 0 else { return }
    chmod(server.folder.path.appending("remote").string, 0o500)
    #expect(failure { try store.upload(file, to: "c", TransferContext()) }?.code == .permission)
    chmod(server.folder.path.appending("remote").string, 0o700)
  }

  @Test("a host key that is not known, or is another one; a key that is not let in; nobody there")
  func strangers() throws {
    let known = try server.folder.read("known")
    try server.folder.write("", to: "known")
    let unknown = failure { _ = try store().size(of: "k") }
    #expect(unknown?.code == .permission)
    #expect(unknown?.message.contains("is not known") == true)
    let other = try server.folder.read("other.pub").split(separator: " ")[1]
    try server.folder.write("[127.0.0.1]:\(server.port) ssh-ed25519 \(other)\n", to: "known")
    let changed = failure { _ = try store().size(of: "k") }
    #expect(changed?.code == .permission)
    #expect(changed?.message.contains("not the one that is known") == true)
    try server.folder.write(known, to: "known")
    let config = try server.folder.read("ssh_config")
    try server.folder.write(
      config.replacing("IdentityFile \(server.folder.path)/key", with: "IdentityFile none"),
      to: "ssh_config")
    let denied = failure { _ = try store().size(of: "k") }
    #expect(denied?.code == .permission)
    #expect(denied?.message.contains("does not let us in") == true)
    let keyfile = ["keyfile": server.folder.path.appending("key").string]
    #expect(try store("remote", keyfile).size(of: "k") == nil)
    server.stop()
    #expect(failure { _ = try store().size(of: "k") }?.code == .unreachable)
  }

  @Test("a server without SFTP is told")
  func withoutSFTP() async throws {
    let server = try await SSHServer("")
    guard case .ssh(let address) = try RemoteAddress(server.url("x")) else { return }
    let store = try SSHStore(address, settings: [:], variables: server.variables)
    #expect(failure { _ = try store.size(of: "k") }?.code == .unsupported)
  }

  @Test(
    "a server that prints before it speaks, or says nothing sensible, is told",
    arguments: [
      "echo welcome to this machine; exec cat",
      "printf '\\000\\000\\000\\005\\002\\000\\000\\000\\003\\000\\000\\000\\001\\377'; cat",
      "head -c 1000 /dev/urandom; sleep 0.1", "exit 0", "cat",
    ])
  func nonsense(script: String) throws {
    try server.folder.write("#!/bin/sh\n\(script)\n", to: "fake/ssh", mode: 0o755)
    let variables = ["PATH": "\(server.folder.path)/fake:/usr/bin:/bin"]
    var told: Failure?
    // A child that another test forked in this moment may hold the program open for writing still: it is busy then.
    for _ in 0..<100 {
      told = failure { _ = try store(variables: variables).size(of: "k") }
      if told?.code != .locked { break }
    }
    #expect([.unreachable, .unsupported].contains(told?.code))
  }

  @Test("connections that are lost in the middle are made anew, and nothing is half")
  func lost() throws {
    let count = 60 << 20
    let file = server.folder.path.appending("in")
    var random = SeededRandom(seed: 3)
    let words = (0..<(count / 8)).map { _ in random.next() }
    try FileSystem.write(words.withUnsafeBytes { Array($0) }, to: file)
    let store = try store()
    let cut = Once {
      self.server.stop()
    } then: {
      try? self.server.restart()
    }
    let sent = ByteTally()
    try store.upload(
      file, to: "k",
      TransferContext(moved: {
        sent.add($0); if sent.value > 20 << 20 { cut.run() }
      }))
    #expect(sent.value == Int64(count))
    let back = server.folder.path.appending("out")
    let came = ByteTally()
    let again = Once {
      self.server.stop()
    } then: {
      try? self.server.restart()
    }
    try store.download(
      "k", to: back,
      TransferContext(moved: {
        came.add($0); if came.value > 20 << 20 { again.run() }
      }))
    #expect(came.value == Int64(count))
    #expect(try SHA256.digest(ofFile: back) == SHA256.digest(ofFile: file))
    var names: [String] = []
    try store.list("") { key, _ in names.append(key) }
    #expect(names == ["k"])
    #expect(try FileSystem.names(in: server.folder.path.appending("remote")) == ["k"])
  }

  @Test("a transfer that is cancelled ends and leaves nothing under its name")
  func cancelled() throws {
    let file = try server.folder.write(String(repeating: "x", count: 10 << 20), to: "in")
    let store = try store()
    let sent = ByteTally()
    let context = TransferContext(moved: { sent.add($0) }, isCancelled: { sent.value > 1 << 20 })
    #expect(failure { try store.upload(file, to: "k", context) }?.code == .interrupted)
    #expect(try store.size(of: "k") == nil)
    try store.upload(file, to: "k", TransferContext())
    let came = ByteTally()
    let reading = TransferContext(moved: { came.add($0) }, isCancelled: { came.value > 1 << 20 })
    let back = server.folder.path.appending("out")
    #expect(failure { try store.download("k", to: back, reading) }?.code == .interrupted)
    #expect(!FileSystem.exists(back))
  }

  @Test("threads share the connections, one each")
  func threads() throws {
    let file = try server.folder.write("x", to: "in")
    let store = try store()
    try TransferThreads.each(60, threads: 4) { index in
      try store.upload(file, to: "d\(index % 7)/k\(index)", TransferContext())
    }
    var count = 0
    try store.list("") { _, _ in count += 1 }
    #expect(count == 60)
  }
}

/// Does something once, from whichever thread comes first.
private final class Once: @unchecked Sendable {
  private let first: () -> Void
  private let second: () -> Void
  private var isDone = false

  init(_ first: @escaping () -> Void, then second: @escaping () -> Void) {
    self.first = first
    self.second = second
  }

  func run() {
    guard !isDone else { return }
    isDone = true
    first()
    second()
  }
}
