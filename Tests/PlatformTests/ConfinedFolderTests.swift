import Glibc
import Platform
import Support
import SystemPackage
import Testing

/// A folder to be confined to, beside one with a secret that no path may reach.
private struct Yard {
  let folder: TemporaryFolder
  let confined: ConfinedFolder
  var root: FilePath { folder.path.appending("root") }
  var outside: FilePath { folder.path.appending("outside") }

  init(_ resolution: ConfinedFolder.Resolution) throws {
    folder = try TemporaryFolder()
    try folder.write("secret", to: "outside/secret.txt")
    try folder.write("whole", to: "root/a/b/c.txt")
    confined = try ConfinedFolder(folder.path.appending("root"), resolution: resolution)
  }

  func link(_ target: String, at path: String) throws {
    try #require(symlink(target, root.appending(path).string) == 0)
  }

  func put(_ text: String, at names: [String]) throws {
    let upload = try confined.upload(names)
    try Array(text.utf8).withUnsafeBytes { try upload.write($0) }
    try upload.commit()
  }

  func text(_ names: [String]) throws -> String {
    let file = try confined.openFile(names)
    var bytes = [UInt8](repeating: 0, count: 100)
    let count = try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: 0) }
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  /// What every operation on a path says.
  func codes(_ names: [String]) -> [Failure.Code?] {
    let operations: [() throws -> Void] = [
      { _ = try confined.openFile(names) }, { try put("evil", at: names) },
      { _ = try confined.list(names) }, { try confined.makeFolder(names) },
      { _ = try confined.status(names) }, { try confined.remove(names) },
    ]
    return operations.map { operation in
      do { try operation() } catch { return (error as? Failure)?.code }
      return nil
    }
  }

  /// What stands outside is as it was.
  func expectSecret(_ place: SourceLocation = #_sourceLocation) throws {
    #expect(
      try FileSystem.names(in: outside) == ["secret.txt"]
        && FileSystem.readText(outside.appending("secret.txt")) == "secret", sourceLocation: place)
  }
  typealias SourceLocation = Testing.SourceLocation
}

@Suite("A folder that is worked in by strangers' paths") struct ConfinedFolderTests {
  private static let ways = ConfinedFolder.Resolution.allCases

  @Test(
    "files are written whole, read, listed with their sizes, replaced and removed", arguments: ways)
  func plain(_ way: ConfinedFolder.Resolution) throws {
    let yard = try Yard(way)
    #expect(yard.confined.resolution == way)
    try yard.put("one", at: ["a", "b", "d", "e.txt"])
    #expect(try yard.text(["a", "b", "d", "e.txt"]) == "one")
    try yard.put("second", at: ["a", "b", "d", "e.txt"])
    #expect(try yard.text(["a", "b", "d", "e.txt"]) == "second")
    #expect(
      try yard.confined.list(["a", "b"]).map { "\($0.name) \($0.isDirectory) \($0.size)" }
        == ["c.txt false 5", "d true 0"])
    #expect(try yard.confined.status(["a", "b", "none"]) == nil)
    #expect(try yard.confined.status(["x", "y"]) == nil)
    #expect(try yard.confined.remove(["a", "b", "d"]))
    #expect(try !yard.confined.remove(["a", "b", "d"]))
    #expect(try yard.confined.list(["a", "b"]).map(\.name) == ["c.txt"])
    #expect(try yard.confined.list([]).map(\.name) == ["a"])
  }

  @Test("an upload that is let go leaves nothing, and is not listed before", arguments: ways)
  func abandoned(_ way: ConfinedFolder.Resolution) throws {
    let yard = try Yard(way)
    do {
      let upload = try yard.confined.upload(["a", "new.bin"])
      try [UInt8](repeating: 7, count: 5000).withUnsafeBytes { try upload.write($0) }
      #expect(try yard.confined.list(["a"]).map(\.name) == ["b"])
    }
    #expect(try FileSystem.names(in: yard.root.appending("a")) == ["b"])
  }

  @Test("names that are none are refused", arguments: ways, ["..", ".", "", "a/b", "/etc", "a\0b"])
  func names(_ way: ConfinedFolder.Resolution, _ name: String) throws {
    let yard = try Yard(way)
    for path in [[name], ["a", name], [name, "c.txt"], ["a", name, "b"]] {
      #expect(yard.codes(path) == [.invalid, .invalid, .invalid, .invalid, .invalid, .invalid])
    }
    try yard.expectSecret()
  }

  @Test("links are followed at no level, by no operation", arguments: ways)
  func links(_ way: ConfinedFolder.Resolution) throws {
    let yard = try Yard(way)
    let targets = [yard.outside.string, "../outside", "/", "b", "/proc/self/root", "."]
    for (index, target) in targets.enumerated() {
      try yard.link(target, at: "link\(index)")
      try yard.link(index == 1 ? "../../outside" : target, at: "a/link\(index)")
      for above in [[], ["a"]] {
        let link = above + ["link\(index)"]
        for path in [link + ["secret.txt"], link + ["x", "y"], link + ["c.txt"]] {
          #expect(
            yard.codes(path) == Array(repeating: .permission, count: 6), "\(target): \(path)")
        }
        // The link itself is seen and removed as what it is.
        #expect(try yard.confined.status(link)?.kind == .link)
        #expect(
          yard.codes(link) == [.permission, .permission, .permission, .permission, nil, nil])
        #expect(try yard.confined.status(link) == nil)
      }
    }
    try yard.expectSecret()
    #expect(try yard.text(["a", "b", "c.txt"]) == "whole")
  }

  @Test("a linked file is neither read nor written through, nor replaced", arguments: ways)
  func linkedFile(_ way: ConfinedFolder.Resolution) throws {
    let yard = try Yard(way)
    try yard.link("../../outside/secret.txt", at: "a/leak.txt")
    #expect(throws: Failure.self) { try yard.text(["a", "leak.txt"]) }
    #expect(throws: Failure.self) { try yard.put("evil", at: ["a", "leak.txt"]) }
    #expect(try yard.confined.list(["a"]).map(\.name) == ["b"])
    try yard.expectSecret()
  }

  @Test("a removed folder takes its links with it, and nothing that they name", arguments: ways)
  func removal(_ way: ConfinedFolder.Resolution) throws {
    let yard = try Yard(way)
    try yard.link("../../../outside", at: "a/b/out")
    try yard.link("/", at: "a/slash")
    try yard.put("x", at: ["a", "b", "deep", "er", "f"])
    try yard.put("x", at: ["a", "z", "f"])
    #expect(try yard.confined.remove(["a"]))
    #expect(try FileSystem.names(in: yard.root).isEmpty)
    try yard.expectSecret()
  }

  @Test("a thousand levels are removed, which no process has descriptors for", arguments: ways)
  func depth(_ way: ConfinedFolder.Resolution) throws {
    let yard = try Yard(way)
    let names = ["deep"] + Array(repeating: "d", count: 1200)
    try yard.put("x", at: names)
    #expect(try yard.text(names) == "x")
    #expect(try yard.confined.remove(["deep"]))
    #expect(try yard.confined.list([]).map(\.name) == ["a"])
  }

  @Test("pipes, sockets and devices are refused without being opened", arguments: ways)
  func special(_ way: ConfinedFolder.Resolution) throws {
    let yard = try Yard(way)
    try #require(mkfifo(yard.root.appending("pipe").string, 0o600) == 0)
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let path = yard.root.appending("socket").string
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(bound == 0)
    var specials = ["pipe", "socket"]
    // Who may not make devices has none made by others either.
    if mknod(yard.root.appending("device").string, S_IFCHR | 0o600, 0x0103) == 0 {
      specials.append("device")
    }
    for name in specials {
      #expect(
        yard.codes([name]) == [.unsupported, .unsupported, .conflict, .conflict, nil, nil],
        "\(name)")
    }
    #expect(try yard.confined.list([]).map(\.name) == ["a"])
  }

  @Test("files and folders do not stand in for each other", arguments: ways)
  func kinds(_ way: ConfinedFolder.Resolution) throws {
    // Each time a yard of its own, because the last operation removes what was asked for.
    #expect(try Yard(way).codes(["a", "b"])[..<2] == [.conflict, .conflict])
    #expect(
      try Yard(way).codes(["a", "b", "c.txt", "x"])[..<4]
        == [.conflict, .conflict, .conflict, .conflict])
    #expect(try Yard(way).codes(["a", "b", "c.txt"])[2...3] == [.conflict, .conflict])
    let yard = try Yard(way)
    #expect(throws: Failure.self) { try yard.put("x", at: [String(repeating: "n", count: 300)]) }
    #expect(throws: Failure.self) { try yard.confined.remove([]) }
  }

  @Test("a folder that turns into a link and back all the time lets nothing out", arguments: ways)
  func race(_ way: ConfinedFolder.Resolution) async throws {
    let yard = try Yard(way)
    let target = yard.outside.string
    let swapped = yard.root.appending("swap").string
    try yard.link(target, at: "other")
    try #require(mkdir(swapped, 0o700) == 0)
    let other = yard.root.appending("other").string
    let third = yard.root.appending("third").string
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        // Until its fellow stops it; each turn is a step that other tasks may come between.
        while !Task.isCancelled {
          rename(swapped, third)
          rename(other, swapped)
          rename(third, other)
          await Task.yield()
        }
      }
      for round in 0..<3000 {
        if let text = try? yard.text(["swap", "secret.txt"]) { Issue.record("read \(text)") }
        if round % 3 == 0 { try? yard.put("evil", at: ["swap", "evil.txt"]) }
        if round % 7 == 0 { _ = try? yard.confined.remove(["swap", "secret.txt"]) }
        if round % 50 == 0 { await Task.yield() }
      }
      group.cancelAll()
    }
    try yard.expectSecret()
  }
}
