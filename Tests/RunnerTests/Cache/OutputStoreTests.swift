import Glibc
import Platform
import Records
import Support
import SystemPackage
import Testing

@testable import Runner

/// A project with a store, and a folder of outputs.
final class KeptSandbox {
  let folder: TemporaryFolder
  let store: OutputStore

  init() throws {
    folder = try TemporaryFolder()
    store = OutputStore(in: RecordsFolder(folder.path.appending(".reprise")))
  }

  var output: FilePath { folder.path.appending("out") }

  func record(_ path: FilePath? = nil) throws -> RecordedFile {
    try ContentDigest.record(.output, "out", at: path ?? output)
  }

  @discardableResult
  func restore(_ file: RecordedFile, programs: Set<String> = []) throws -> Bool {
    try store.restore(file, to: output, within: folder.path, programs: programs)
  }

  /// Files of a random tree, written to the output.
  func grow(_ random: inout SeededRandom) throws {
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      let depth = Int.random(in: 0...2, using: &random)
      let path = (0...depth).map { level in
        random.pick(["a", "b c", "한글", "a-b", "~x"]) + (level < depth ? ".d" : ".f")
      }.joined(separator: "/")
      let size = random.pick([0, 1, 100, 200_000])
      let mode: UInt32 = random.chance(1, of: 4) ? 0o755 : 0o644
      try folder.write(
        String(repeating: random.pick(["x", "y"]), count: size), to: "out/\(path)", mode: mode)
    }
    try FileSystem.createDirectory(output)
  }

  var leftovers: [String] {
    get throws {
      let work = store.folder.appending("tmp")
      return FileSystem.exists(work) ? try FileSystem.names(in: work) : []
    }
  }
}

@Suite("Kept outputs") struct OutputStoreTests {
  @Test(
    "random folders come back with their programs after anything was done to them",
    arguments: 1...25)
  func folders(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let box = try KeptSandbox()
    try box.grow(&random)
    let recorded = try box.record()
    let programs = try box.store.keep(recorded, from: box.output)
    #expect(try box.store.has(recorded))
    #expect(try !box.restore(recorded, programs: programs))
    for _ in 0..<4 {
      switch Int.random(in: 0...3, using: &random) {
      case 0: try FileSystem.removeTree(box.output)
      case 1: try box.grow(&random)
      case 2:
        try FileSystem.removeTree(box.output)
        try box.folder.write("a file now", to: "out")
      default:
        for name in try FileSystem.names(in: box.output) {
          let path = box.output.appending(name)
          if random.chance(1, of: 2) { chmod(path.string, 0o755) }
        }
      }
      try box.restore(recorded, programs: programs)
      #expect(try box.store.isRight(recorded, at: box.output, programs: programs))
      #expect(try box.record() == recorded)
      if !FileSystem.isDirectory(box.output) { break }
    }
    #expect(try box.leftovers == [])
    #expect(try FileSystem.names(in: box.folder.path).filter { $0.hasPrefix(".reprise-") } == [])
  }

  @Test("a file comes back, a program as a program", arguments: [UInt32(0o644), 0o755])
  func file(mode: UInt32) throws {
    let box = try KeptSandbox()
    try box.folder.write("content", to: "out", mode: mode)
    let recorded = try box.record()
    let programs = try box.store.keep(recorded, from: box.output)
    #expect(programs == (mode == 0o755 ? [""] : []))
    for change in ["delete", "text", "mode", "folder"] {
      switch change {
      case "delete": try FileSystem.remove(box.output)
      case "text": try box.folder.write("other", to: "out", mode: mode)
      case "mode": chmod(box.output.string, mode ^ 0o111)
      default:
        try FileSystem.remove(box.output)
        try box.folder.write("x", to: "out/in/it")
      }
      #expect(try box.restore(recorded, programs: programs), "\(change)")
      #expect(try box.folder.read("out") == "content")
      #expect(try FileSystem.status(box.output)?.isExecutable == (mode == 0o755))
    }
  }

  @Test("what is right is left alone: the same files stay, with their times")
  func leftAlone() throws {
    let box = try KeptSandbox()
    try box.folder.write("a", to: "out/a")
    try box.folder.write("b", to: "out/b")
    let recorded = try box.record()
    try box.store.keep(recorded, from: box.output)
    let before = try FileSystem.status(box.output.appending("a"))
    try box.folder.write("changed", to: "out/b")
    try box.folder.write("stray", to: "out/c")
    try box.restore(recorded)
    let after = try FileSystem.status(box.output.appending("a"))
    #expect(before?.inode == after?.inode)
    #expect(before?.modified == after?.modified)
    #expect(try FileSystem.names(in: box.output) == ["a", "b"])
    #expect(try box.folder.read("out/b") == "b")
  }

  @Test("writing into what was restored does not reach what is kept")
  func apart() throws {
    let box = try KeptSandbox()
    try box.folder.write("kept", to: "out")
    let recorded = try box.record()
    try box.store.keep(recorded, from: box.output)
    try FileSystem.remove(box.output)
    try box.restore(recorded)
    let file = try FileSystem.openForWriting(box.output, appending: true)
    try FileSystem.writeAll(file.rawValue, Array("more".utf8), to: box.output)
    try file.close()
    try box.restore(recorded)
    #expect(try box.folder.read("out") == "kept")
  }

  @Test(
    "a damaged object is found, removed, and nothing is changed",
    arguments: ["file", "folder", "list"])
  func damage(kind: String) throws {
    let box = try KeptSandbox()
    let name = kind == "file" ? "out" : "out/a"
    try box.folder.write("precious", to: name)
    let recorded = try box.record()
    try box.store.keep(recorded, from: box.output)
    let digest =
      kind == "folder" ? SHA256.digest(of: Array("precious".utf8)).hex : recorded.digest ?? ""
    let object = try #require(box.store.path(of: digest))
    chmod(object.string, 0o644)
    var bytes = try FileSystem.read(object)
    bytes[0] ^= 1
    try FileSystem.write(bytes, to: object)
    try box.folder.write("now", to: name)
    #expect(throws: Failure.self) { try box.restore(recorded) }
    #expect(try box.folder.read(name) == "now")
    #expect(box.store.path(of: digest) == nil)
    #expect(try !box.store.has(recorded))
    #expect(try box.leftovers == [])
    // Kept once more, all is well.
    try box.folder.write("precious", to: name)
    try box.store.keep(recorded, from: box.output)
    try FileSystem.removeTree(box.output)
    #expect(try box.restore(recorded))
    #expect(try box.folder.read(name) == "precious")
  }

  @Test("what changed since it was recorded is not kept")
  func changed() throws {
    let box = try KeptSandbox()
    try box.folder.write("one", to: "out/a")
    let recorded = try box.record()
    try box.folder.write("two", to: "out/a")
    #expect(throws: Failure.self) { try box.store.keep(recorded, from: box.output) }
    #expect(try !box.store.has(recorded))
  }

  @Test(
    "names that a list cannot hold are not kept", arguments: [Array("a\nb".utf8), [0x61, 0xFF]])
  func names(name: [UInt8]) throws {
    let box = try KeptSandbox()
    try FileSystem.createDirectory(box.output)
    let path = box.output.string + "/"
    let bytes = Array(path.utf8) + name + [0]
    let descriptor = bytes.withUnsafeBytes {
      open($0.baseAddress!.assumingMemoryBound(to: CChar.self), O_CREAT | O_WRONLY, 0o644)
    }
    try #require(descriptor >= 0)
    close(descriptor)
    let recorded = try box.record()
    #expect(throws: Failure.self) { try box.store.keep(recorded, from: box.output) }
    #expect(try !box.store.has(recorded))
  }

  @Test("nothing is written through a link out of the project")
  func links() throws {
    let box = try KeptSandbox()
    let elsewhere = try TemporaryFolder()
    try box.folder.write("kept", to: "out/a")
    let recorded = try box.record()
    try box.store.keep(recorded, from: box.output)
    // The output itself leads out.
    try FileSystem.removeTree(box.output)
    symlink(elsewhere.path.string, box.output.string)
    #expect(throws: Failure.self) { try box.restore(recorded) }
    #expect(try FileSystem.names(in: elsewhere.path) == [])
    // A folder above it.
    try FileSystem.remove(box.output)
    let below = box.folder.path.appending("linked/out")
    symlink(elsewhere.path.string, below.removingLastComponent().string)
    #expect(throws: Failure.self) {
      try box.store.restore(recorded, to: below, within: box.folder.path)
    }
    #expect(try FileSystem.names(in: elsewhere.path) == [])
    // A link inside of the folder is replaced, and what it led to stays.
    try box.folder.write("b", to: "out/x")
    try elsewhere.write("theirs", to: "a")
    symlink(elsewhere.path.appending("a").string, box.output.appending("a").string)
    try box.restore(recorded)
    #expect(try elsewhere.read("a") == "theirs")
    #expect(try FileSystem.linkStatus(box.output.appending("a"))?.kind == .file)
  }

  @Test(
    "a list that names what is not in the folder is none",
    arguments: [
      "../a", "/a", "a/../../b", "a//b", "", ".", "a/.",
    ])
  func hostile(name: String) {
    let digest = String(repeating: "0", count: 64)
    #expect(FolderList(parsing: Array("\(digest)  \(name)\n".utf8)) == nil)
    #expect(FolderList(parsing: Array("\(digest)  a".utf8)) == nil)
    #expect(FolderList(parsing: Array("\(digest) a\n".utf8)) == nil)
    #expect(FolderList(parsing: [])?.members == [])
  }

  @Test("a sweep takes what nothing names, and leaves the rest")
  func sweep() throws {
    let box = try KeptSandbox()
    try box.folder.write("a", to: "out/a")
    try box.folder.write("b", to: "out/b")
    let first = try box.record()
    try box.store.keep(first, from: box.output)
    try box.folder.write("c", to: "out/b")
    let second = try box.record()
    try box.store.keep(second, from: box.output)
    let text = try box.store.keep(Array("text".utf8))
    #expect(try box.store.sweep(keeping: [first, second], [text]).objects == 0)
    #expect(try box.store.sweep(keeping: [second], [], dryRun: true).objects == 3)
    // The first list, its `b`, and the text.
    #expect(try box.store.sweep(keeping: [second], []).objects == 3)
    #expect(try box.store.has(second))
    #expect(try !box.store.has(first))
    #expect(try box.store.sweep(keeping: [], []).objects == 3)
  }
}
