import Platform
import SystemPackage
import Testing

@testable import Git

@Suite("Who can get at a commit") struct CommitReachTests {
  @Test("branches, tags, remotes, none") func names() throws {
    let box = try GitSandbox()
    try box.write("1\n", to: "a")
    let first = try box.commit("first")
    try box.git("tag", "-a", "-m", "x", "v1")
    try box.write("2\n", to: "a")
    let second = try box.commit("second")
    try box.git("update-ref", "refs/remotes/origin/main", first)
    try box.write("3\n", to: "a")
    let third = try box.commit("third")
    try box.git("reset", "-q", "--hard", second)
    let repository = try box.open()
    #expect(
      try repository.reach(of: first)
        == CommitReach(isThere: true, isOnBranch: true, isTagged: true, isPushed: true))
    #expect(try repository.reach(of: second) == CommitReach(isThere: true, isOnBranch: true))
    #expect(try repository.reach(of: third) == CommitReach(isThere: true))
    #expect(try repository.reach(of: third).isKept == false)
    #expect(
      try repository.reach(of: String(repeating: "a", count: 40)) == CommitReach(isThere: false))
    let tree = try box.git("rev-parse", "HEAD^{tree}").trimmed
    #expect(try repository.reach(of: tree) == CommitReach(isThere: false))
  }

  @Test("a shallow clone and a partial one") func cut() throws {
    let box = try GitSandbox()
    for text in ["1\n", "2\n", "3\n"] {
      try box.write(text, to: "a")
      try box.write(text, to: "dir/b")
      try box.commit(text)
    }
    try box.git("config", "uploadpack.allowFilter", "true")
    try box.git("clone", "-q", "--depth", "2", "file://\(box.path)", "../shallow")
    let commit = try box.git("rev-parse", "HEAD").trimmed
    let shallow = try #require(try Repository.discover(from: box.beside("shallow")))
    #expect(
      try shallow.reach(of: commit)
        == CommitReach(isThere: true, isOnBranch: true, isPushed: true, isCut: true))
    try box.git(
      "clone", "-q", "--no-checkout", "--filter=blob:none", "file://\(box.path)", "../partial")
    let partial = try #require(try Repository.discover(from: box.beside("partial")))
    #expect(
      try partial.reach(of: commit)
        == CommitReach(isThere: true, isOnBranch: true, isPushed: true, missing: 1))
    let failure = #expect(throws: Failure.self) {
      try partial.checkOut(commit: commit, into: box.beside("out"))
    }
    #expect(failure?.code == .notFound)
  }
}
