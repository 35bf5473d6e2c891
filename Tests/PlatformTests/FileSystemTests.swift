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
}
