import Glibc
import Platform
import Records
import Support
import SystemPackage
import Testing

@testable import Runner

@Suite("Content hashes") struct ContentDigestTests {
  /// What sha256sum makes of a folder, as the documentation says it.
  private static let script =
    "find -L . -type f -not -path './.reprise/*' -printf '%P\\0' | LC_ALL=C sort -z "
    + "| xargs -0 -r sha256sum -b | sed 's/ \\*/  /' | sha256sum | cut -c1-64"

  @Test("of random folders are those that sha256sum gives", arguments: 1...12)
  func folders(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let folder = try TemporaryFolder()
    let names = ["a", "b c", "한글", "Z", "a-b", "a.b", "é", "~x", "0"]
    for _ in 0..<Int.random(in: 0...30, using: &random) {
      let depth = Int.random(in: 0...3, using: &random)
      let path = (0...depth).map { level in
        (names.randomElement(using: &random) ?? "a") + (level < depth ? ".d" : ".f")
      }.joined(separator: "/")
      let text = String(repeating: "x", count: Int.random(in: 0...5000, using: &random))
      try folder.write(text, to: "data/\(path)")
    }
    try folder.write("same", to: "data/target.f")
    symlink("target.f", folder.path.appending("data/link.f").string)
    try folder.write("not data", to: "data/.reprise/records.db")
    let data = folder.path.appending("data")
    let peer = try await Program.shell(Self.script, in: data)
    let ours = try ContentDigest.record(.input, "data", at: data)
    #expect((ours.digest ?? "") + "\n" == peer)
    #expect(ours.kind == .folder)
  }

  @Test("of files are those that sha256sum gives", arguments: [0, 1, 63, 64, 65, 1 << 20])
  func files(size: Int) async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(String(repeating: "é", count: size), to: "f")
    let peer = try await Program.shell("sha256sum f | cut -c1-64", in: folder.path)
    let ours = try ContentDigest.record(.output, "f", at: file)
    #expect((ours.digest ?? "") + "\n" == peer)
    #expect(ours.size == Int64(size * 2))
  }

  @Test("are not made of what can be read only once", arguments: ["pipe", "/dev/zero"])
  func special(name: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.path.pushing(FilePath(name))
    if name == "pipe" { mkfifo(path.string, 0o644) }
    let record = try ContentDigest.record(.input, name, at: path)
    #expect(record.digest == nil)
    #expect(record.kind == .file)
  }

  @Test("of links that go round in a circle are a failure at once")
  func circle() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "a/b/file")
    for name in ["x", "y", "z"] { symlink("..", folder.path.appending("a/b/\(name)").string) }
    #expect(throws: Failure.self) {
      try ContentDigest.record(.input, "a", at: folder.path.appending("a"))
    }
  }
}
