import Platform
import Support
import SystemPackage
import Testing

@testable import Git

@Suite("The last change of a file") struct LastChangeTests {
  private func log(_ sandbox: GitSandbox, _ path: String) throws -> String? {
    let text = try sandbox.git("log", "-1", "--format=%H", "--", path)
    let line = text.split(separator: "\n").first.map(String.init)
    return line
  }

  private func last(_ sandbox: GitSandbox, _ path: String) throws -> String? {
    let repository = try #require(try Repository.discover(from: sandbox.path))
    let bytes = try FileSystem.read(sandbox.path.pushing(FilePath(path)))
    return try repository.lastChange(of: Array(path.utf8), holding: bytes)?.commit
  }

  @Test("random histories with merges: what git log says", arguments: 0..<12)
  func random(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let sandbox = try GitSandbox()
    let paths = ["a.dvc", "data/b.dvc", "data/deep/c.dvc"]
    for path in paths { try sandbox.write("0\n", to: path) }
    try sandbox.git("add", "-A")
    try sandbox.git("commit", "-qm", "start")
    for number in 1..<25 {
      if number > 1, random.chance(1, of: 4) {
        try sandbox.git("checkout", "-q", "-b", "side\(number)", "HEAD~\(random.next() % 2)")
        try sandbox.write("\(number)\n", to: "only\(number)")
        if random.chance(1, of: 2) { try sandbox.write("\(number)\n", to: random.pick(paths)) }
        try sandbox.git("add", "-A")
        try sandbox.git("commit", "-qm", "side \(number)")
        try sandbox.git("checkout", "-q", "main")
        let side = random.pick(["ours", "theirs"])
        try sandbox.git("merge", "-q", "-X", side, "--no-ff", "-m", "merge", "side\(number)")
      } else {
        // A content may come back.
        let name = random.chance(1, of: 3) ? "unrelated" : random.pick(paths)
        try sandbox.write("\(random.next() % 4) \(name)\n", to: name)
        try sandbox.git("add", "-A")
        try sandbox.git("commit", "-q", "--allow-empty", "-m", "\(number)")
      }
    }
    for path in paths { #expect(try last(sandbox, path) == log(sandbox, path), "\(path)") }
  }

  @Test("a file that is not as it was committed has none")
  func uncommitted() throws {
    let sandbox = try GitSandbox()
    try sandbox.write("1\n", to: "a")
    #expect(try last(sandbox, "a") == nil)
    try sandbox.git("add", "-A")
    #expect(try last(sandbox, "a") == nil)
    try sandbox.git("commit", "-qm", "one")
    let first = try log(sandbox, "a")
    #expect(try last(sandbox, "a") == first)
    try sandbox.write("2\n", to: "a")
    #expect(try last(sandbox, "a") == nil)
    try sandbox.git("add", "-A")
    #expect(try last(sandbox, "a") == nil)
    try sandbox.write("1\r\n", to: "a")
    #expect(try last(sandbox, "a") == first)
    try sandbox.write("3\n", to: "b")
    #expect(try last(sandbox, "b") == nil)
  }

  @Test("what is known of an earlier HEAD shortens the way, and does not mislead")
  func known() throws {
    let sandbox = try GitSandbox()
    let path = Array("a".utf8)
    try sandbox.write("1", to: "a")
    let first = try sandbox.commit()
    for _ in 0..<20 { try sandbox.commit() }
    let repository = try sandbox.open()
    let before = try #require(try repository.lastChange(of: path, holding: Array("1".utf8)))
    #expect((before.commit, before.distance) == (first, 20))
    for _ in 0..<3 { try sandbox.commit() }
    let after = try repository.lastChange(of: path, holding: Array("1".utf8), known: before)
    #expect(after.map { [$0.commit, "\($0.distance)"] } == [first, "3"])
    // Another content since then: the earlier HEAD is not on the way.
    try sandbox.write("2", to: "a")
    let second = try sandbox.commit()
    let changed = try repository.lastChange(of: path, holding: Array("2".utf8), known: before)
    #expect(changed?.commit == second)
    let nonsense = LastChange(commit: "x", head: "y")
    #expect(
      try repository.lastChange(of: path, holding: Array("2".utf8), known: nonsense)?.commit
        == second)
  }

  @Test("where history was cut off it is the oldest commit, as git says")
  func shallow() throws {
    let sandbox = try GitSandbox()
    for number in 0..<5 {
      try sandbox.write("x\n", to: "a")
      try sandbox.write("\(number)\n", to: "b")
      try sandbox.git("add", "-A")
      try sandbox.git("commit", "-qm", "\(number)")
    }
    let clone = sandbox.beside("clone")
    try sandbox.git("clone", "-q", "--depth", "2", "file://\(sandbox.path)", clone.string)
    let repository = try #require(try Repository.discover(from: clone))
    let told = try sandbox.git("log", "-1", "--format=%H", "--", "a", at: clone)
    #expect(
      try repository.lastChange(of: Array("a".utf8), holding: Array("x\n".utf8))?.commit
        == told.trimmed)
  }

  @Test("a content of long ago is found with the commit that brought it")
  func earlier() throws {
    let sandbox = try GitSandbox()
    var commits: [String] = []
    for text in ["one", "two", "two", "one", "three"] {
      try sandbox.write(text, to: "d/a")
      try sandbox.write("\(commits.count)", to: "other")
      try sandbox.git("add", "-A")
      try sandbox.git("commit", "-qm", text)
      commits.append(try sandbox.git("rev-parse", "HEAD").trimmed)
    }
    let repository = try #require(try Repository.discover(from: sandbox.path))
    func find(_ text: String, limit: Int = 100) throws -> String? {
      try repository.change(of: Array("d/a".utf8), limit: limit) { $0 == Array(text.utf8) }
    }
    let found = try ["three", "one", "two"].map { try find($0).flatMap(commits.firstIndex(of:)) }
    #expect(found == [4, 3, 1])
    #expect(try find("four") == nil)
    #expect(try find("two", limit: 2) == nil)
  }
}
