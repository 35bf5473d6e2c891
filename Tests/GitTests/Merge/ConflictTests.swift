import Platform
import Support
import SystemPackage
import Testing

@testable import Git

@Suite("Conflicts in the index") struct ConflictTests {
  private func side(_ text: String, _ kind: IndexConflict.Side.Kind = .file) -> IndexConflict.Side {
    IndexConflict.Side(kind: kind, content: Array(text.utf8))
  }

  @Test("git lists the three versions and takes them for a merge tool")
  func stages() throws {
    let box = try GitSandbox()
    try box.write("ours\n", to: "sub/f.txt")
    try box.write("mine\n", to: "run.sh", mode: 0o755)
    try box.write("other\n", to: "other")
    try box.commit()
    let repository = try box.open()
    try repository.note([
      IndexConflict(
        path: Array("sub/f.txt".utf8), base: side("base\n"), ours: side("ours\n"),
        theirs: side("theirs\n")),
      IndexConflict(
        path: Array("run.sh".utf8), base: side("base\n", .program), ours: side("mine\n", .program),
        theirs: nil),
      IndexConflict(
        path: Array("new".utf8), base: nil, ours: nil, theirs: side("elsewhere", .link)),
    ])
    let listed = try box.git("ls-files", "-s").split(separator: "\n").map {
      let words = $0.split(whereSeparator: \.isWhitespace)
      return "\(words[0]) \(words[2]) \(words[3])"
    }
    #expect(
      listed == [
        "120000 3 new", "100644 0 other", "100755 1 run.sh", "100755 2 run.sh",
        "100644 1 sub/f.txt", "100644 2 sub/f.txt", "100644 3 sub/f.txt",
      ])
    #expect(try box.git("show", ":1:sub/f.txt") == "base\n")
    #expect(try box.git("show", ":3:sub/f.txt") == "theirs\n")
    #expect(
      try box.git("status", "--porcelain").split(separator: "\n")
        == ["UA new", "UD run.sh", "UU sub/f.txt"])
    #expect(
      try repository.conflictedPaths().map { String(decoding: $0, as: UTF8.self) } == [
        "new", "run.sh", "sub/f.txt",
      ])
    try box.git("fsck", "--strict")
    try box.shell(
      """
      git config mergetool.take.cmd 'cat "$BASE" "$LOCAL" "$REMOTE" > "$MERGED"'
      git config mergetool.take.trustExitCode true
      git config mergetool.keepBackup false
      git mergetool --no-prompt --tool=take sub/f.txt < /dev/null > /dev/null
      """)
    #expect(
      try FileSystem.readText(box.path.appending("sub/f.txt")) == "base\nours\ntheirs\n")
    #expect(try box.git("ls-files", "-u", "sub") == "")
  }

  @Test("a settled conflict is what is in the work tree")
  func settle() throws {
    let box = try GitSandbox()
    try box.write("ours\n", to: "a")
    try box.write("ours\n", to: "b")
    try box.commit()
    let repository = try box.open()
    try repository.note(
      ["a", "b"].map {
        IndexConflict(
          path: Array($0.utf8), base: side("x"), ours: side("ours\n"), theirs: side("y"))
      })
    try box.write("solved\n", to: "a")
    try FileSystem.remove(box.path.appending("b"))
    try repository.settle([Array("a".utf8), Array("b".utf8)])
    #expect(try box.git("status", "--porcelain") == "M  a\nD  b\n")
  }

  @Test("the entries of before come back from a copy of the index")
  func restore() throws {
    let box = try GitSandbox()
    try box.write("ours\n", to: "a")
    try box.write("ours\n", to: "b")
    try box.commit()
    let before = try box.git("ls-files", "-s")
    let repository = try box.open()
    let copy = box.beside("index")
    try FileSystem.write(FileSystem.read(repository.indexFile), to: copy)
    try repository.note([
      IndexConflict(path: Array("a".utf8), base: nil, ours: side("1"), theirs: side("2")),
      IndexConflict(path: Array("c".utf8), base: nil, ours: nil, theirs: side("2")),
    ])
    try box.write("staged\n", to: "staged")
    try box.git("add", "staged")
    try repository.restore([Array("a".utf8), Array("c".utf8)], fromIndex: copy)
    let after = try box.git("ls-files", "-s").split(separator: "\n")
      .filter { !$0.hasSuffix("staged") }
    #expect(after.joined(separator: "\n") + "\n" == before)
    #expect(try box.git("status", "--porcelain") == "A  staged\n")
  }

  @Test("an index of version 4 is written; a split one is refused with what to type")
  func formats() throws {
    let box = try GitSandbox()
    try box.write("ours\n", to: "a")
    try box.commit()
    try box.git("update-index", "--index-version", "4")
    let conflict = IndexConflict(
      path: Array("a".utf8), base: nil, ours: side("1"), theirs: side("2"))
    try box.open().note([conflict])
    #expect(try box.git("status", "--porcelain") == "AA a\n")
    try box.git("add", "a")
    try box.git("update-index", "--split-index")
    let failure = try #require(throws: Failure.self) { try box.open().note([conflict]) }
    #expect(failure.code == .unsupported)
    #expect(failure.hint == "git update-index --no-split-index")
  }
}

@Suite("Which file became which") struct RenameSearchTests {
  @Test(
    "the same renames, with the same per cents, as git finds", arguments: 0..<12 as Range<UInt64>)
  func likeGit(seed: UInt64) throws {
    let box = try GitSandbox()
    var random = SeededRandom(seed: seed)
    var gone: [RenameSearch.Candidate] = []
    var came: [RenameSearch.Candidate] = []
    for number in 0..<12 {
      var lines = (0..<(4 + Int(random.next() % 20))).map { _ in
        String(repeating: "word \(random.next() % 500) ", count: 1 + Int(random.next() % 6))
      }
      let end = random.pick(["\n", "\r\n"])
      let old = Array((lines.joined(separator: end) + end).utf8)
      for _ in 0..<(random.next() % 8) {
        let place = Int(random.next() % UInt64(lines.count))
        lines[place] = "changed \(random.next())"
      }
      let new = Array((lines.joined(separator: end) + end).utf8)
      gone.append(.init(path: Array("old/\(number).txt".utf8), content: old))
      let name = random.chance(1, of: 2) ? number : 100 + number
      came.append(.init(path: Array("new/\(name).txt".utf8), content: new))
    }
    came.sort { $0.path.lexicographicallyPrecedes($1.path) }
    gone.sort { $0.path.lexicographicallyPrecedes($1.path) }
    for file in gone { try box.write(file.content, to: String(decoding: file.path, as: UTF8.self)) }
    try box.commit()
    try box.shell("git rm -rq old")
    for file in came { try box.write(file.content, to: String(decoding: file.path, as: UTF8.self)) }
    try box.git("add", "-A")
    let expected = try box.git("diff", "--cached", "-M", "--name-status", "--diff-filter=R")
      .split(separator: "\n").map(String.init).sorted()
    let found = RenameSearch.matches(gone: gone, came: came).map { match in
      let digits = String(match.percent)
      let percent = String(repeating: "0", count: 3 - digits.utf8.count) + digits
      let from = String(decoding: gone[match.from].path, as: UTF8.self)
      return "R\(percent)\t\(from)\t\(String(decoding: came[match.to].path, as: UTF8.self))"
    }.sorted()
    #expect(found == expected)
  }
}

@Suite("The files and the history of commits") struct TreeTests {
  @Test("all files of a commit, or of a folder of it")
  func files() throws {
    let box = try GitSandbox()
    try box.write("one\n", to: "a/b/one.txt")
    try box.write("run\n", to: "a/run", mode: 0o755)
    try box.shell("ln -s b/one.txt a/link; printf x > \"$(printf 'a/caf\\351')\"")
    let commit = try box.commit()
    let repository = try box.open()
    let files = try repository.files(at: commit, in: Array("a".utf8))
    #expect(
      files.map { Array($0.path) } == [
        Array("b/one.txt".utf8), [0x63, 0x61, 0x66, 0xE9], Array("link".utf8), Array("run".utf8),
      ])
    #expect(files.map(\.kind) == [.file, .file, .link, .program])
    #expect(try repository.content(of: files[2]) == Array("b/one.txt".utf8))
    #expect(try repository.files(at: commit).count == 4)
    #expect(try repository.files(at: commit, in: Array("a/run".utf8)).isEmpty)
  }

  @Test("history, ancestors, tags and descriptions as git tells them")
  func history() throws {
    let box = try GitSandbox()
    var commits: [String] = []
    for number in 0..<4 {
      try box.write("\(number)\n", to: "f")
      commits.append(try box.commit("number \(number)"))
      if number == 1 { try box.git("tag", "v1.0.0") }
      if number == 2 { try box.git("tag", "-a", "v1.1.0", "-m", "noted") }
    }
    let repository = try box.open()
    #expect(try repository.history(of: "main").map(\.id) == commits.reversed())
    #expect(try repository.history(of: "main", limit: 1).map(\.subject) == ["number 3"])
    #expect(try repository.isCommit(commits[0], reachableFrom: "main"))
    #expect(try repository.isCommit("main", reachableFrom: commits[0]) == false)
    #expect(try repository.tags().map(\.name) == ["v1.0.0", "v1.1.0"])
    #expect(try repository.tags().map(\.commit) == [commits[1], commits[2]])
    for commit in commits {
      let expected = try box.git("describe", "--tags", "--always", commit).trimmed
      #expect(try repository.describe(commit) == expected)
    }
  }
}
