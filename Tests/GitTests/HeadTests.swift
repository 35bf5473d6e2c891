import Platform
import Support
import SystemPackage
import Testing

@testable import Git

@Suite("What HEAD and the remotes say") struct HeadTests {
  @Test("a commit on a branch")
  func branch() throws {
    let box = try GitSandbox()
    try box.write("x", to: "a/b/file.txt")
    let commit = try box.commit()
    let inside = try #require(try Repository.discover(from: box.path.appending("a/b")))
    #expect(try inside.head() == Head(commit: commit, branch: "main"))
    #expect(inside.workTree == box.path)
  }

  @Test("an empty repository has a branch and no commit")
  func empty() throws {
    let box = try GitSandbox()
    #expect(try box.open().head() == Head(commit: nil, branch: "main"))
    #expect(try box.open().remoteURL() == nil)
  }

  @Test("a detached HEAD has no branch")
  func detached() throws {
    let box = try GitSandbox()
    let commit = try box.commit()
    try box.git("checkout", "-q", "--detach")
    #expect(try box.open().head() == Head(commit: commit, branch: nil))
  }

  @Test("a folder outside of any repository")
  func outside() throws {
    let box = try GitSandbox(initialized: false)
    #expect(try Repository.discover(from: box.path) == nil)
  }

  @Test(
    "the URL of origin, without what must stay secret",
    arguments: [
      ("https://github.com/a/b.git", "https://github.com/a/b.git"),
      ("https://user:token@github.com/a/b", "https://github.com/a/b"),
      ("https://ghp_token@github.com/a@b", "https://github.com/a@b"),
      ("git@github.com:a/b.git", "git@github.com:a/b.git"),
      ("ssh://git:secret@host:22/a", "ssh://git@host:22/a"),
      ("/some/where", "/some/where"),
    ])
  func origin(url: String, shown: String) throws {
    let box = try GitSandbox()
    try box.git("remote", "add", "another", "https://example.org/x")
    try box.git("remote", "add", "origin", url)
    #expect(try box.open().remoteURL() == shown)
  }

  @Test("without origin, the first remote by name")
  func otherRemote() throws {
    let box = try GitSandbox()
    try box.git("remote", "add", "upstream", "https://example.org/u")
    try box.git("remote", "add", "fork", "https://example.org/f")
    #expect(try box.open().remoteURL() == "https://example.org/f")
  }

  @Test("a linked work tree and a bare repository are found")
  func otherKinds() throws {
    let box = try GitSandbox()
    let commit = try box.commit()
    try box.git("config", "extensions.worktreeConfig", "true")
    try box.git("worktree", "add", "-q", "-b", "side", box.beside("linked").string)
    let linked = try #require(try Repository.discover(from: box.beside("linked")))
    #expect(try linked.head() == Head(commit: commit, branch: "side"))
    #expect(linked.workTree == box.beside("linked"))
    #expect(try linked.changes().isDirty == false)
    try box.git("clone", "-q", "--bare", ".", box.beside("bare").string)
    let bare = try #require(try Repository.discover(from: box.beside("bare")))
    #expect(bare.workTree == nil)
    #expect(throws: Failure.self) { try bare.changes() }
  }
}
