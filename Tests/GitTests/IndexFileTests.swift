import Glibc
import Platform
import Support
import SystemPackage
import Testing

@testable import Git

@Suite("Reading the index") struct IndexFileTests {
  @Test("names, modes and objects are as git lists them", arguments: [2, 3, 4])
  func agree(version: Int) throws {
    var tree = try RandomWorkTree(seed: version)
    for _ in 0..<150 { try tree.edit() }
    let box = tree.box
    try box.git("update-index", "--index-version", "\(version)", "--force-write-index")
    let index = try IndexFile(box.path.appending(".git/index"))
    let ours = index.entries.map { entry in
      Array(
        "\(String(index.mode(entry), radix: 8)) \(index.object(entry).hex) \(entry.stage)\t".utf8)
        + Array(index.name(entry))
    }
    let theirs = try box.gitBytes(["ls-files", "-s", "-z"]).split(separator: 0).map(Array.init)
    #expect(ours == theirs)
    #expect(!ours.isEmpty)
    for entry in index.entries { #expect(index.find(Array(index.name(entry))) != nil) }
    #expect(index.find(Array("not there".utf8)) == nil)
  }

  /// The scan trusts what the reader lets through, so both are run on every damaged index.
  @Test("damaged indexes never crash", arguments: 0..<12)
  func mutations(seed: Int) throws {
    let box = try GitSandbox()
    for name in [
      "a", "a-b", "a/b", "a/c/d", "b/e.txt", "long/\(String(repeating: "n", count: 200))",
    ]
    where name != "a" {
      try box.write("\(name)\n", to: name)
    }
    try box.commit()
    try box.git("update-index", "--index-version", "\(2 + seed % 3)", "--force-write-index")
    if seed % 4 == 3 {
      try box.git("update-index", "--split-index")
      try box.write("new\n", to: "b/f.txt")
      try box.git("rm", "-q", "a-b")
      try box.git("add", "-A")
    }
    let path = box.path.appending(".git/index")
    let good = try FileSystem.read(path)
    var random = SeededRandom(seed: UInt64(seed))
    let repository = try box.open()
    var accepted = 0
    for _ in 0..<400 {
      var bytes = good
      if Int.random(in: 0..<8, using: &random) == 0 {
        bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
      }
      for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        bytes[place] =
          [0, 1, 0x2F, 0x7F, 0x80, 0xFF, UInt8.random(in: 0...255, using: &random)]
          .randomElement(using: &random) ?? 0
      }
      try FileSystem.write(bytes, to: path, durable: false)
      do {
        _ = try repository.changes()
        accepted += 1
      } catch let failure as Failure {
        #expect(failure.code != .bug)
      }
    }
    #expect(accepted > 0)
  }
}
