import Platform
import SystemPackage
import Testing

@testable import Git

/// What libgit2 cannot write, git writes: the same calls change an index of any form.
@Suite("Writing to an index of any form") struct UpdateIndexTests {
  private enum Form: String, CaseIterable {
    case plain, split, sparse

    func make(_ box: GitSandbox) throws {
      switch self {
      case .plain: break
      case .split: try box.git("update-index", "--split-index")
      case .sparse: try box.git("sparse-checkout", "set", "--sparse-index", "in")
      }
    }
  }

  private func repository(_ form: Form) throws -> GitSandbox {
    let box = try GitSandbox()
    for name in ["in/a.txt", "in/b 한.txt", "in/gone.txt", "out/c.txt"] {
      try box.write("one\n", to: name)
    }
    try box.write("*.log\n", to: ".gitignore")
    try box.commit()
    try form.make(box)
    return box
  }

  private func content(_ box: GitSandbox, _ name: String) throws -> String {
    try box.git("cat-file", "-p", ":\(name)")
  }

  @Test("staged files get other contents", arguments: Form.allCases)
  private func restage(form: Form) throws {
    let box = try repository(form)
    try box.write("two\n", to: "in/a.txt")
    try box.write("two\n", to: "in/b 한.txt", mode: 0o755)
    try box.git("add", "in")
    let git = try box.open()
    let staged = try git.stagedChanges()
    #expect(staged.count == 2)
    // This one is no longer what it was when it was looked at.
    try box.write("three\n", to: "in/a.txt")
    try box.git("add", "in")
    let done = try git.restage(staged.map { ($0, Array("mended\n".utf8)) })
    #expect(done.map { String(decoding: $0, as: UTF8.self) } == ["in/b 한.txt"])
    #expect(try content(box, "in/a.txt") == "three\n")
    #expect(try content(box, "in/b 한.txt") == "mended\n")
    #expect(try box.git("ls-files", "-s", "in/b 한.txt").hasPrefix("100755 "))
    #expect(try FileSystem.read(box.path.appending("in/b 한.txt")) == Array("two\n".utf8))
    #expect(try IndexFile(box.path.appending(".git/index")).isBeyondLibGit2 == (form != .plain))
  }

  @Test("files are staged as they are on disk", arguments: Form.allCases)
  private func stage(form: Form) throws {
    let box = try repository(form)
    try box.write("two\n", to: "in/a.txt")
    try box.write("new\n", to: "in/new.txt")
    try box.write("x\n", to: "in/x.log")
    try FileSystem.remove(box.path.appending("in/gone.txt"))
    let names = ["in/a.txt", "in/new.txt", "in/x.log", "in/gone.txt", "in/never.txt"]
    let ignored = try box.open().stage(names.map { Array($0.utf8) })
    #expect(ignored.map { String(decoding: $0, as: UTF8.self) } == ["in/x.log"])
    #expect(
      try box.git("status", "--porcelain") == "M  in/a.txt\nD  in/gone.txt\nA  in/new.txt\n")
    #expect(try content(box, "out/c.txt") == "one\n")
  }

  @Test("while another program writes, nothing is changed", arguments: Form.allCases)
  private func locked(form: Form) throws {
    let box = try repository(form)
    try box.write("two\n", to: "in/a.txt")
    try box.write("", to: ".git/index.lock")
    let before = try FileSystem.read(box.path.appending(".git/index"))
    let failure = #expect(throws: Failure.self) {
      _ = try box.open().stage([Array("in/a.txt".utf8)])
    }
    #expect(failure?.code == .locked)
    #expect(try FileSystem.read(box.path.appending(".git/index")) == before)
  }
}
