import Platform
import Support
import SystemPackage
import Testing

@testable import Git

@Suite("Patches that are not applied") struct PatchRefusalTests {
  /// A repository with a changed file, and a checkout of its commit.
  private func checkout() throws -> (box: GitSandbox, out: FilePath, repository: Repository) {
    let box = try GitSandbox()
    try box.write("one\ntwo\nthree\n", to: "a.txt")
    try box.write("x\n", to: "dir/b.txt")
    try box.shell("ln -s dir link")
    try box.commit()
    let out = box.beside("out")
    _ = try box.open().checkOut(commit: "HEAD", into: out)
    return (box, out, try #require(try Repository.discover(from: out)))
  }

  private static func new(_ path: String, _ text: String = "evil") -> String {
    "diff --git a/\(path) b/\(path)\nnew file mode 100644\n--- /dev/null\n+++ b/\(path)\n@@ -0,0 +1 @@\n+\(text)\n"
  }

  @Test(
    "paths that lead out, into `.git`, or through a link",
    arguments: [
      "../evil", "a/../../evil", "/tmp/evil", ".git/config2", ".GIT/hooks/x", "dir/.git/x",
      "git~1/x",
      ".git./x", "link/evil", "a.txt/evil", "./x", "dir//x",
    ]) func leadsOut(path: String) throws
  {
    let (box, out, repository) = try checkout()
    let before = try FolderListing(out, box)
    let patch = Self.new("fine.txt") + Self.new(path)
    let failure = #expect(throws: Failure.self) { try repository.apply(patch: Array(patch.utf8)) }
    #expect([.invalid, .conflict].contains(failure?.code), "\(String(describing: failure))")
    #expect(try FolderListing(out, box).differences(to: before) == [])
    #expect(!FileSystem.exists(box.beside("evil")))
  }

  @Test("a link and a file through it, in one patch") func throughOwnLink() throws {
    let (box, out, repository) = try checkout()
    let link =
      "diff --git a/l b/l\nnew file mode 120000\n--- /dev/null\n+++ b/l\n@@ -0,0 +1 @@\n+..\n\\ No newline at end of file\n"
    let failure = #expect(throws: Failure.self) {
      try repository.apply(patch: Array((link + Self.new("l/evil")).utf8))
    }
    #expect(failure?.code == .conflict)
    #expect(try FileSystem.linkStatus(out.appending("l")) == nil)
    #expect(!FileSystem.exists(box.beside("evil")))
  }

  @Test("another content, another work tree, a file that is there") func doesNotFit() throws {
    let (box, out, repository) = try checkout()
    try box.write("one\n2\nthree\n", to: "a.txt")
    let patch = try box.open().changes().patch
    try FileSystem.write("changed\n", to: out.appending("a.txt"), durable: false)
    #expect(#expect(throws: Failure.self) { try repository.apply(patch: patch) }?.code == .conflict)
    try box.git("checkout", "-q", "--", "a.txt", at: out)
    #expect(
      #expect(throws: Failure.self) {
        try repository.apply(patch: Array(Self.new("dir/b.txt").utf8))
      }?.code == .conflict)
    try repository.apply(patch: patch)
    #expect(try FileSystem.readText(out.appending("a.txt")) == "one\n2\nthree\n")
    #expect(#expect(throws: Failure.self) { try repository.apply(patch: patch) }?.code == .conflict)
    try box.commit("next")
    try box.removeBeside("next")
    _ = try box.open().checkOut(commit: "HEAD", into: box.beside("next"))
    let next = try #require(try Repository.discover(from: box.beside("next")))
    let other = #expect(throws: Failure.self) { try next.apply(patch: patch) }
    #expect(other?.code == .conflict)
    #expect(other?.message.contains("a.txt") == true)
  }

  /// Cut at every byte and damaged at random: applied it must be the same, or nothing is written at all.
  @Test("a damaged patch is refused whole") func damaged() throws {
    let (box, out, repository) = try checkout()
    try box.write("one\n2\nthree\nfour", to: "a.txt")
    try box.write([0, 1, 2, 3, 4, 5], to: "dir/binary")
    try box.shell("rm link; ln -s a.txt link; chmod +x dir/b.txt")
    let patch = try box.open().changes().patch
    let before = try FolderListing(out, box)
    var random = SeededRandom(seed: 3)
    var cases = (1..<patch.count).map { Array(patch.prefix($0)) }
    for _ in 0..<400 {
      var other = patch
      other[Int.random(in: other.indices, using: &random)] ^=
        1
        << UInt8.random(
          in: 0...7, using: &random)
      cases.append(other)
    }
    var refused = 0
    for content in cases {
      do {
        try repository.apply(patch: content)
        try box.shell("git reset -q --hard; git clean -qfdx", at: out)
      } catch let failure as Failure {
        refused += 1
        #expect(
          [.parse, .conflict, .corrupt, .invalid, .unsupported].contains(failure.code), "\(failure)"
        )
        #expect(try FolderListing(out, box).differences(to: before) == [])
      }
    }
    // What is left are whole parts of the patch, other names, and other modes.
    #expect(refused > cases.count / 2)
    try repository.apply(patch: patch)
    #expect(try FolderListing(out, box).differences(to: FolderListing(box.path, box)) == [])
  }
}
