import Platform
import Support
import SystemPackage
import Testing

/// What a person staged and what is on disk are two things: a check changes neither, and a fix takes nothing away.
@Suite("Checks of what is staged") struct CheckStagingTests {
  private static let rule = """
    version: 1
    family: team
    rules:
    - id: team.none
      severity: error
      kind: python
      match: {pattern: "$A == None"}
      fix: {replace: "$A is None", safety: safe}
      message: "compare with `is`"
      examples: {bad: ["x == None\\n"], good: ["x is None\\n"], fixed: [{before: "x == None\\n", after: "x is None\\n"}]}

    """

  /// A repository with the rule, and nothing else that is on.
  private func repository() async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(Self.rule, to: "lint-rules/team.yml")
    try folder.write("conventions: {select: [team]}\n", to: "reprise.yml")
    try await Program.shell(
      """
      git init -q -b main .; git config user.name a; git config user.email a@b; git config core.autocrlf false
      git config gc.auto 0; printf '.reprise\n' > .git/info/exclude; git add -A; git commit -qm one
      """, in: folder.path)
    return folder
  }

  private static func line(_ random: inout SeededRandom) -> String {
    random.pick(["a == None", "b = 1", "c = d == None", "print(1)", "", "e(f == None)"])
  }

  private static func text(_ random: inout SeededRandom) -> [String] {
    (0..<Int(random.next() % 12)).map { _ in line(&random) }
  }

  /// Some lines changed, some gone, some new.
  private static func edited(_ lines: [String], _ random: inout SeededRandom) -> [String] {
    var result: [String] = []
    for line in lines {
      if random.chance(1, of: 6) { continue }
      if random.chance(1, of: 5) { result.append(Self.line(&random)) }
      result.append(random.chance(1, of: 8) ? line + "  # changed" : line)
    }
    if random.chance(1, of: 3) { result.append(Self.line(&random)) }
    return result
  }

  private static func mended(_ text: String) -> String {
    text.split(separator: " == None", omittingEmptySubsequences: false).joined(
      separator: " is None")
  }

  /// Ten files, each with its own text in HEAD, in the index and on disk.
  private func stage(
    _ folder: TemporaryFolder, _ random: inout SeededRandom
  ) async throws -> [(index: String, disk: String?)] {
    var heads: [[String]] = []
    for number in 0..<10 {
      heads.append(Self.text(&random))
      try folder.write(Self.join(heads[number]), to: "f\(number).py")
    }
    try await Program.shell("git add -A; git commit -qm two --allow-empty", in: folder.path)
    var states: [(index: String, disk: String?)] = []
    for number in 0..<10 {
      let index = Self.edited(heads[number], &random)
      try folder.write(Self.join(index), to: "f\(number).py")
      states.append((Self.join(index), nil))
    }
    try await Program.shell("git add -A", in: folder.path)
    for number in 0..<10 {
      let name = "f\(number).py"
      if random.chance(1, of: 12) {
        try FileSystem.remove(folder.path.appending(name))
        continue
      }
      let lines = states[number].index.split(separator: "\n", omittingEmptySubsequences: false)
        .dropLast().map(String.init)
      let disk = random.chance(1, of: 3) ? lines : Self.edited(lines, &random)
      states[number].disk = Self.join(disk)
      try folder.write(Self.join(disk), to: name)
    }
    return states
  }

  private static func join(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }

  private func staged(_ name: String, in folder: FilePath) async throws -> String {
    try await Program.shell("git show ':\(name)'; printf x", in: folder)
  }

  private func disk(_ name: String, in folder: FilePath) -> String? {
    try? FileSystem.readText(folder.appending(name))
  }

  @Test(
    "500 files: without --fix nothing changes, with it the index is mended and the disk follows where it can",
    arguments: 0..<50)
  func partial(seed: Int) async throws {
    let folder = try await repository()
    var random = SeededRandom(seed: UInt64(seed))
    let states = try await stage(folder, &random)
    let before = try await Program.shell(
      "git ls-files -s; git status --porcelain; md5sum *.py", in: folder.path)
    let check = try await Program.run(["check", "--staged", "--concise"], in: folder.path)
    let after = try await Program.shell(
      "git ls-files -s; git status --porcelain; md5sum *.py", in: folder.path)
    #expect(before == after)
    let changed = try await Program.shell("git diff --cached --name-only", in: folder.path)
    let isBroken = states.indices.contains { number in
      changed.split(separator: "\n").contains("f\(number).py")
        && states[number].index.contains("== None")
    }
    #expect(check.status == (isBroken ? 1 : 0), "\(check)")
    let fix = try await Program.run(["check", "--staged", "--fix"], in: folder.path)
    #expect(fix.status == 0, "\(fix)")
    for (number, state) in states.enumerated() {
      let name = "f\(number).py"
      let isStaged = changed.split(separator: "\n").contains(Substring(name))
      let wanted = isStaged ? Self.mended(state.index) : state.index
      #expect(try await staged(name, in: folder.path) == wanted + "x", "\(name)")
      let now = disk(name, in: folder.path)
      guard let old = state.disk else {
        #expect(now == nil, "a deleted file stays deleted")
        continue
      }
      guard isStaged, wanted != state.index else {
        #expect(now == old)
        continue
      }
      // What git itself makes of the three texts, or the file as it was.
      try folder.write(old, to: ".git/ours")
      try folder.write(state.index, to: ".git/base")
      try folder.write(wanted, to: ".git/theirs")
      let merged = try await Program.shell(
        "if git merge-file -p -q .git/ours .git/base .git/theirs > .git/merged 2> /dev/null; then cat .git/merged; else cat .git/ours; fi; printf x",
        in: folder.path)
      #expect(now.map { $0 + "x" } == merged, "\(name)")
      if merged == old + "x", old != wanted { #expect(fix.error.contains(name) || old == wanted) }
    }
  }

  @Test("killed at any moment the index can be read, and every file is the old one or the new one")
  func killed() async throws {
    let folder = try await repository()
    var random = SeededRandom(seed: 77)
    for round in 0..<30 {
      let states = try await stage(folder, &random)
      try await Program.shell(
        """
        '\(Program.path)' check --staged --fix > /dev/null 2>&1 & sleep \(Double(round) * 0.01)
        kill -9 $! 2> /dev/null || true; wait || true; rm -f .git/index.lock; git status > /dev/null; git fsck --no-dangling 2>&1
        """, in: folder.path)
      for (number, state) in states.enumerated() {
        let name = "f\(number).py"
        let index = try await staged(name, in: folder.path)
        #expect(
          [state.index + "x", Self.mended(state.index) + "x"].contains(index), "round \(round)")
        let now = disk(name, in: folder.path)
        // A file has each of its own lines still, mended or not.
        #expect(
          now.map(Self.mended) == state.disk.map(Self.mended)
            || index == Self.mended(state.index) + "x")
        if let old = state.disk {
          for line in old.split(separator: "\n") where !line.contains("== None") {
            #expect(now?.contains(line) == true, "round \(round): \(line)")
          }
        }
      }
      let rest = try await Program.shell(
        "git checkout -q -f HEAD -- . ; find . -name '.*.partial*' -o -name '*.tmp'",
        in: folder.path)
      #expect(rest == "")
      let again = try await Program.run(["check", "--staged"], in: folder.path)
      #expect(again.status == 0 || again.status == 1, "\(again)")
      try await Program.shell("git reset -q --hard", in: folder.path)
    }
  }

  @Test("a new repository, a merge with conflicts, a worktree, a bare one, a file that is no text")
  func states() async throws {
    let folder = try await repository()
    let result = try await Program.shell(
      """
      R='\(Program.path)'; check() { $R check --staged --concise "$@" 2>&1 || true; }
      mkdir new; (cd new; git init -q .; cp -r ../lint-rules ../reprise.yml .; printf 'x == None\n' > a.py; git add -A; check); rm -rf new
      git branch side; printf 'a = 1\n' > c.py; git add -A; git commit -qm a; git checkout -q side
      printf 'b == None\n' > c.py; git add -A; git commit -qm b; git merge -q main > /dev/null 2>&1 || true; check; git merge --abort
      git worktree add -q ../tree-$$ -b other; (cd ../tree-$$; printf 'y == None\n' > d.py; git add d.py; check; check --fix; cat d.py)
      git worktree remove --force ../tree-$$
      git clone -q --bare . bare.git; (cd bare.git; check | tail -n 1)
      printf 'x == None\\0\n' > nul.py; printf '\\377 == None\n' > latin.py; git add nul.py latin.py; check | tail -n 1
      """, in: folder.path)
    let lines = result.split(separator: "\n").map(String.init)
    #expect(lines.contains { $0.contains("a.py:1:1 error team.none") }, "\(result)")
    #expect(lines.contains { $0.contains("d.py:1:1 error team.none") }, "\(result)")
    #expect(lines.contains("y is None"), "\(result)")
  }

  @Test("a submodule, a sparse checkout with a sparse index, a rebase that stopped")
  func otherStates() async throws {
    let folder = try await repository()
    let result = try await Program.shell(
      """
      R='\(Program.path)'; check() { $R check --staged --concise "$@" 2>&1 || true; }
      git config protocol.file.allow always; git config advice.detachedHead false
      git -c protocol.file.allow=always submodule -q add "$PWD" part 2> /dev/null; git commit -qm part
      (cd part; git config user.name a; git config user.email a@b; printf 'in_part == None\n' > p.py; git add p.py; check; check --fix; cat p.py; git diff --cached --name-only)
      check | tail -n 1; git reset -q --hard; git -c protocol.file.allow=always submodule -q deinit -f part; git rm -qf part; git commit -qm gone
      mkdir in out; printf 'a = 1\n' > in/a.py; printf 'b == None\n' > out/b.py; git add -A; git commit -qm two
      git sparse-checkout set --sparse-index in lint-rules; printf 'sparse == None\n' > in/a.py; git add in/a.py
      check; check --fix; cat in/a.py; git ls-files --sparse | grep '^out/$'; git commit -qm sparse; git status --porcelain; git sparse-checkout disable
      git branch side HEAD^; printf 'c == None\n' > in/a.py; git commit -qam c; git checkout -q side; printf 'd == None\n' > in/a.py; git commit -qam d
      git rebase -q main > /dev/null 2>&1 || true
      check; check --fix; cp in/a.py marks; $R check --fix --concise --select team,text,py in || true; cmp in/a.py marks && echo untouched
      printf 'rebased == None\n' > in/a.py; git add in/a.py; check; git rebase --abort
      """, in: folder.path)
    let lines = result.split(separator: "\n").map(String.init)
    let found = lines.filter { $0.contains(" team.none ") }.map { $0.prefix { $0 != " " } }
    #expect(found == ["p.py:1:1", "in/a.py:1:1", "in/a.py:1:1"], "\(result)")
    for line in ["in_part is None", "p.py", "sparse is None", "out/", "untouched"] {
      #expect(lines.contains(line), "\(line): \(result)")
    }
    #expect(lines.count { $0.contains(" text.merge-conflict ") } == 3, "\(result)")
    #expect(!lines.contains { $0.contains(" py.") }, "\(result)")
  }
}
