import Glibc
import Platform
import Support
import SystemPackage
import Testing

@Suite("Files") struct FileSystemTests {
  @Test("names that are not UTF-8 are listed, read, copied and removed")
  func odd() async throws {
    let folder = try TemporaryFolder()
    try await Program.shell(
      "mkdir -p tree/$'\\xff'; echo x > tree/$'\\xff'/$'a\\xfe'; echo y > tree/b", in: folder.path)
    let tree = folder.path.appending("tree")
    let components = try FileSystem.components(in: tree)
    #expect(components.map(\.string) == ["b", "\u{FFFD}"])
    let inner = tree.appending(components[1])
    let file = inner.appending(try #require(try FileSystem.components(in: inner).first))
    #expect(try FileSystem.readText(file) == "x\n")
    try FileSystem.copyTree(tree, to: folder.path.appending("copy"))
    try await Program.shell("diff -r tree copy", in: folder.path)
    try FileSystem.removeTree(tree)
    #expect(!FileSystem.exists(tree))
  }

  @Test("a file is written whole, or what was there stays")
  func atomic() throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "file")
    #expect(throws: Failure.self) {
      try FileSystem.write("new", to: folder.path.appending("missing/file"))
    }
    try FileSystem.write("new", to: folder.path.appending("file"))
    #expect(try folder.read("file") == "new")
    #expect(try FileSystem.names(in: folder.path) == ["file"])
  }

  @Test("what is not UTF-8 text is named with its line")
  func encoding() throws {
    let folder = try TemporaryFolder()
    let file = folder.path.appending("latin")
    try FileSystem.write([0x61, 0x0A, 0x62, 0xE9, 0x0A], to: file)
    let failure = try #require(throws: Failure.self) { try FileSystem.readText(file) }
    #expect(failure.location?.line == 2)
  }

  @Test("a lock that is held is said to be")
  func lock() throws {
    let folder = try TemporaryFolder()
    let path = folder.path.appending("lock")
    let lock = try FileLock(path)
    let failure = try #require(throws: Failure.self) { _ = try FileLock(path, waiting: false) }
    #expect(failure.code == .locked)
    lock.release()
    _ = try FileLock(path, waiting: false)
  }

  @Test("what is written to a link goes into its file; a pipe is written to as it is")
  func inPlace() async throws {
    let folder = try TemporaryFolder()
    try await Program.shell(
      "mkdir a; echo old > a/file; chmod 666 a/file; ln -s a/file link; mkfifo pipe",
      in: folder.path)
    try FileSystem.write("new", to: folder.path.appending("link"))
    #expect(try FileSystem.linkStatus(folder.path.appending("link"))?.kind == .link)
    #expect(try folder.read("a/file") == "new")
    #expect(try FileSystem.status(folder.path.appending("a/file"))?.mode == 0o666)
    // Open at both ends, so that nobody waits for the other.
    let pipe = folder.path.appending("pipe")
    let reader = pipe.withPlatformString { open($0, O_RDWR | O_NONBLOCK) }
    defer { close(reader) }
    try FileSystem.write("through", to: pipe)
    var bytes = [UInt8](repeating: 0, count: 16)
    #expect(read(reader, &bytes, 16) == 7)
    #expect(String(decoding: bytes.prefix(7), as: UTF8.self) == "through")
    #expect(try FileSystem.status(folder.path.appending("pipe"))?.kind == .other)
    #expect(try FileSystem.names(in: folder.path.appending("a")) == ["file"])
  }

  @Test("names that are as long as can be, and not UTF-8, are written, linked and locked")
  func longAndOdd() async throws {
    let folder = try TemporaryFolder()
    let long = folder.path.appending(String(repeating: "n", count: 255))
    try FileSystem.write("x", to: long)
    #expect(try FileSystem.readText(long) == "x")
    try await Program.shell("mkdir d; mkdir d/$'\\xff'; ln -s $'\\xff' d/link", in: folder.path)
    let names = try FileSystem.components(in: folder.path.appending("d"))
    let odd = folder.path.appending("d").appending(try #require(names.last))
    try FileSystem.write("x", to: odd.appending("file"))
    #expect(FileSystem.realPath(odd) == odd)
    _ = try FileLock(odd.appending("lock"))
    #expect(try FileSystem.names(in: odd) == ["file", "lock"])
    try FileSystem.copyTree(folder.path.appending("d"), to: folder.path.appending("copy"))
    try await Program.shell("diff -r --no-dereference d copy", in: folder.path)
    let made = try TemporaryDirectory(in: odd)
    #expect(made.path.removingLastComponent() == odd)
  }

  @Test("a folder is not copied into itself, by whatever name", arguments: ["", "in", "link/in"])
  func ownCopy(place: String) async throws {
    let folder = try TemporaryFolder()
    try await Program.shell("mkdir tree; echo x > tree/f; ln -s tree link", in: folder.path)
    let target = folder.path.appending(place.hasPrefix("link") ? place : "tree/\(place)")
    let failure = try #require(throws: Failure.self) {
      try FileSystem.copyTree(folder.path.appending("tree"), to: target)
    }
    #expect(failure.message.hasSuffix("cannot be copied into itself"))
    #expect(try FileSystem.names(in: folder.path.appending("tree")) == ["f"])
  }
}
