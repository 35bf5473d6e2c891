import Platform
import Support
import SystemPackage
import Testing

@testable import Git

@Suite("Checking a commit out beside the repository") struct CheckOutTests {
  private func box() throws -> GitSandbox {
    let box = try GitSandbox()
    try box.write("one\n", to: "a.txt")
    try box.write("#!/bin/sh\n", to: "bin/run me", mode: 0o755)
    try box.shell("ln -s a.txt link; git remote add origin https://user:secret@example.org/x.git")
    try box.commit()
    return box
  }

  /// Everything in the user's repository, so that a change anywhere is seen.
  private func state(_ box: GitSandbox) throws -> String {
    try box.shell(
      "find . -type f -printf '%P %T@ %m\\n' | sort; find . -type f | sort | xargs -d '\\n' cat | sha256sum; ls -A"
    )
  }

  @Test("HEAD is detached there, git finds it clean, and nothing changes here") func plain() throws
  {
    let box = try box()
    let before = try state(box)
    let out = box.beside("out")
    let commit = try box.git("rev-parse", "HEAD").trimmed
    let result = try box.open().checkOut(commit: commit, into: out)
    #expect(result == LocalCheckout(commit: commit))
    #expect(try state(box) == before)
    #expect(try FolderListing(out, box).differences(to: FolderListing(box.path, box)) == [])
    #expect(try box.git("status", "--porcelain", "-uall", at: out) == "")
    #expect(try box.git("rev-parse", "HEAD", at: out).trimmed == commit)
    #expect(try box.git("symbolic-ref", "-q", "HEAD", at: box.path).trimmed == "refs/heads/main")
    #expect(try box.git("remote", "-v", at: out).contains("https://example.org/x.git"))
    #expect(try box.git("fsck", "--full", at: out) == "")
    let head = try #require(try Repository.discover(from: out)).head()
    #expect(head == Head(commit: commit, branch: nil))
    #expect(try #require(try Repository.discover(from: out)).changes().isDirty == false)
    #expect(throws: Failure.self) { try box.open().checkOut(commit: commit, into: out) }
    #expect(throws: Failure.self) {
      try box.open().checkOut(commit: commit, into: box.path.appending("inside"))
    }
  }

  @Test("an older commit, a linked work tree, a bare repository, borrowed objects, a shallow clone")
  func layouts() throws {
    let box = try box()
    let old = try box.git("rev-parse", "HEAD").trimmed
    try box.write("two\n", to: "a.txt")
    try box.commit()
    try box.git("worktree", "add", "-q", "../linked", "HEAD~0")
    try box.git("clone", "-q", "--bare", ".", "../bare.git")
    try box.git("clone", "-q", "--shared", ".", "../shared")
    try box.git("clone", "-q", "--shared", "../shared", "../twice")
    try box.git("clone", "-q", "--shared", ".", "../near")
    // A line that is relative to its own store.
    try box.shell("echo ../../../work/.git/objects > ../near/.git/objects/info/alternates")
    try box.git("clone", "-q", "--depth", "1", "file://\(box.path)", "../shallow")
    for (place, name) in ["linked", "bare.git", "shared", "twice", "near", "shallow"].enumerated() {
      let commit = name == "shallow" ? try box.git("rev-parse", "HEAD").trimmed : old
      let repository = try #require(try Repository.discover(from: box.beside(name)))
      let out = box.beside("out\(place)")
      #expect(try repository.checkOut(commit: commit, into: out).commit == commit)
      #expect(try box.git("status", "--porcelain", at: out) == "", "\(name)")
      #expect(
        try FileSystem.readText(out.appending("a.txt")) == (name == "shallow" ? "two\n" : "one\n"))
      #expect(try box.git("log", "--oneline", at: out).split(separator: "\n").count == 1)
    }
  }

  @Test("a commit that is not there, and one whose files are not all there") func incomplete()
    throws
  {
    let box = try box()
    let none = String(repeating: "1", count: 40)
    let gone = #expect(throws: Failure.self) {
      try box.open().checkOut(commit: none, into: box.beside("out"))
    }
    #expect(gone?.code == .notFound)
    let object = try box.git("rev-parse", "HEAD:a.txt").trimmed
    try box.shell("rm -f .git/objects/\(object.prefix(2))/\(object.dropFirst(2))")
    let partial = #expect(throws: Failure.self) {
      try box.open().checkOut(commit: "HEAD", into: box.beside("out"))
    }
    #expect(partial?.code == .notFound)
    #expect(partial?.message.contains("`a.txt`") == true)
  }

  @Test("an interruption ends it") func stopped() throws {
    let box = try box()
    #expect(throws: CancellationError.self) {
      try box.open().checkOut(commit: "HEAD", into: box.beside("out"), isStopped: { true })
    }
  }

  @Test("git-lfs: what the store has is put in place, the rest stays a pointer") func largeFiles()
    throws
  {
    let box = try GitSandbox()
    let content = Array("large content\n".utf8)
    let digest = SHA256.digest(of: content).hex
    let lost = SHA256.digest(of: Array("lost".utf8)).hex
    func pointer(_ digest: String, _ size: Int) -> String {
      "version https://git-lfs.github.com/spec/v1\noid sha256:\(digest)\nsize \(size)\n"
    }
    try box.write("*.bin filter=lfs diff=lfs merge=lfs -text\n", to: ".gitattributes")
    try box.write(pointer(digest, content.count), to: "sub/there.bin")
    try box.write(pointer(lost, 4), to: "lost.bin")
    try box.write(pointer(lost, 4), to: "plain.txt")
    try box.commit()
    let store = ".git/lfs/objects/\(digest.prefix(2))/\(digest.dropFirst(2).prefix(2))/\(digest)"
    try box.write(content, to: store)
    let damaged = ".git/lfs/objects/\(lost.prefix(2))/\(lost.dropFirst(2).prefix(2))/\(lost)"
    try box.write("tsol", to: damaged)
    let out = box.beside("out")
    let result = try box.open().checkOut(commit: "HEAD", into: out)
    #expect(
      result.largeFiles == [
        .init(path: "lost.bin", digest: lost, size: ByteCount(4), isThere: false),
        .init(path: "sub/there.bin", digest: digest, size: ByteCount(14), isThere: true),
      ])
    #expect(try FileSystem.read(out.pushing("sub/there.bin")) == content)
    #expect(try FileSystem.readText(out.appending("lost.bin")) == pointer(lost, 4))
    #expect(try FileSystem.readText(out.appending("plain.txt")) == pointer(lost, 4))
    #expect(try box.git("status", "--porcelain", at: out) == "")
  }

  @Test("submodules in submodules come from this machine; one that is not there is listed")
  func submodules() throws {
    let inner = try GitSandbox("inner")
    try inner.write("inner\n", to: "i")
    let deepest = try inner.commit()
    let middle = try GitSandbox("middle")
    try middle.write("middle\n", to: "m")
    try middle.git("submodule", "--quiet", "add", inner.path.string, "deep/in side")
    let between = try middle.commit()
    let box = try box()
    try box.git("submodule", "--quiet", "add", "--name", "odd/name", middle.path.string, "mid")
    try box.git("submodule", "--quiet", "update", "--init", "--recursive")
    let commit = try box.commit()
    let out = box.beside("out")
    let result = try box.open().checkOut(commit: commit, into: out)
    #expect(result == LocalCheckout(commit: commit))
    #expect(try FileSystem.readText(out.pushing("mid/deep/in side/i")) == "inner\n")
    #expect(try box.git("rev-parse", "HEAD", at: out.appending("mid")).trimmed == between)
    #expect(try box.git("status", "--porcelain", at: out) == "")
    try box.shell("rm -rf .git/modules/odd/name/modules 'mid/deep/in side'")
    let partly = try box.open().checkOut(commit: commit, into: box.beside("partly"))
    #expect(partly.missingSubmodules.map(\.path) == ["mid/deep/in side"])
    #expect(partly.missingSubmodules.map(\.commit) == [deepest])
    #expect(partly.missingSubmodules.first?.url == inner.path.string)
    #expect(try box.git("status", "--porcelain", at: box.beside("partly")) == "")
  }

  @Test(
    "a tree whose paths would lead out is refused",
    arguments: [
      "..", ".git", ".GIT", "git~1", "GIT~1", ".git.", ".git ", ".git . .", ".git:x",
      ".git::$INDEX_ALLOCATION", ".g\u{200C}it", "\u{FEFF}.git", ".git\\x", "x\\.git",
    ]) func hostile(name: String) throws
  {
    let box = try box()
    let blob = try box.git("rev-parse", "HEAD:a.txt").trimmed
    var tree: [UInt8] = []
    let folder = try makeTree(box, [("100644", "f", blob)])
    tree = entry("40000", name, folder)
    let top = try hash(box, "tree", tree)
    let commit = try box.git("commit-tree", "-m", "x", top).trimmed
    let failure = #expect(throws: Failure.self) {
      try box.open().checkOut(commit: commit, into: box.beside("out"))
    }
    #expect([.corrupt, .io].contains(failure?.code), "\(String(describing: failure))")
    #expect(!FileSystem.exists(box.beside("f")))
    #expect(!FileSystem.exists(box.beside("out").pushing(".git/f")))
  }

  @Test("a link that another entry of the same name would be written through") func throughLink()
    throws
  {
    let box = try box()
    let blob = try box.git("rev-parse", "HEAD:a.txt").trimmed
    let target = try hash(box, "blob", Array(box.beside("victim").string.utf8))
    try FileSystem.createDirectory(box.beside("victim"))
    let inner = try makeTree(box, [("100644", "f", blob)])
    let top = try hash(box, "tree", entry("120000", "d", target) + entry("40000", "d", inner))
    let commit = try box.git("commit-tree", "-m", "x", top).trimmed
    let failure = #expect(throws: Failure.self) {
      try box.open().checkOut(commit: commit, into: box.beside("out"))
    }
    #expect(failure?.code == .corrupt)
    #expect(try FileSystem.names(in: box.beside("victim")).isEmpty)
  }

  private func entry(_ mode: String, _ name: String, _ object: String) -> [UInt8] {
    let digits = Array(object.utf8)
    let id = stride(from: 0, to: 40, by: 2).map {
      UInt8(String(decoding: digits[$0..<($0 + 2)], as: UTF8.self), radix: 16) ?? 0
    }
    return Array("\(mode) \(name)".utf8) + [0] + id
  }

  private func makeTree(_ box: GitSandbox, _ entries: [(String, String, String)]) throws -> String {
    try hash(box, "tree", entries.flatMap { entry($0.0, $0.1, $0.2) })
  }

  private func hash(_ box: GitSandbox, _ kind: String, _ content: [UInt8]) throws -> String {
    let output = try box.gitBytes(
      ["hash-object", "--literally", "-w", "-t", kind, "--stdin"], input: content)
    return String(decoding: output, as: UTF8.self).trimmed
  }
}
