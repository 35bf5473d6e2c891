import Formats
import Glibc
import Platform
import Support
import SystemPackage
import Testing

/// `reprise hooks run` with a `.pre-commit-config.yaml`: what is fixed, what is left alone, what is said of a bad one.
@Suite("Hooks of .pre-commit-config.yaml") struct HookConfigTests {
  /// A repository with a configuration, in which nothing of ours finds anything.
  private func repository(_ config: String) async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(config, to: ".pre-commit-config.yaml")
    try folder.write("conventions: {select: [swift.force]}\n", to: "reprise.yml")
    try await Program.shell(
      """
      git init -q -b main .; git config user.name a; git config user.email a@b; git config core.autocrlf false
      git config gc.auto 0; mkdir tmp; echo tmp/ > .git/info/exclude; git add -A; git commit -qm one
      """, in: folder.path)
    return folder
  }

  private func run(
    _ words: [String], in folder: TemporaryFolder
  ) async throws -> Program.Result {
    try await Program.run(
      ["hooks", "run"] + words, in: folder.path,
      environment: ["TMPDIR": folder.path.appending("tmp").string])
  }

  private static let trim = """
    repos:
    - repo: local
      hooks:
      - {id: trim, name: trim, entry: "sed -i 's/ *$//'", language: system, types: [text], exclude: ^\\.pre}

    """

  @Test("a fix is staged, and brought to the disk where it fits") func fix() async throws {
    let folder = try await repository(Self.trim)
    try folder.write("a  \nb\nc\nd\ne\n", to: "both.txt")
    try folder.write("x  \n", to: "clash.txt")
    try folder.write("y  \n", to: "same.txt")
    try folder.write("z  \n", to: "gone.txt")
    try await Program.shell("git add -A; rm gone.txt", in: folder.path)
    try folder.write("a  \nb\nc\nd\nunstaged  \n", to: "both.txt")
    try folder.write("mine  \n", to: "clash.txt")

    let first = try await run([], in: folder)
    #expect(first.status == 1)
    #expect(first.output.hasPrefix("trim" + String(repeating: ".", count: 69) + "Failed\n"))
    #expect(first.output.contains("- files were modified by this hook\n"))
    #expect(first.error.contains("`reprise hooks run pre-commit --fix`"))
    let state = "for f in both clash same gone; do git show :$f.txt; cat $f.txt 2> /dev/null; done"
    #expect(
      try await Program.shell(state + " || true", in: folder.path)
        == "a  \nb\nc\nd\ne\na  \nb\nc\nd\nunstaged  \nx  \nmine  \ny  \ny  \nz  \n")

    let fixed = try await run(["--fix"], in: folder)
    #expect(fixed.status == 0, "\(fixed)")
    #expect(fixed.output.contains("Fixed\n"))
    #expect(
      try await Program.shell(state + " || true", in: folder.path)
        == "a\nb\nc\nd\ne\na\nb\nc\nd\nunstaged  \nx\nmine  \ny\ny\nz\n")
    #expect(fixed.error.contains("`clash.txt` was changed in git's index only"))
    #expect(fixed.error.contains("`gone.txt` was changed in git's index only"))
    #expect(!fixed.error.contains("`both.txt`"))
    let again = try await run([], in: folder)
    #expect(again.status == 0)
    #expect(again.output == "trim" + String(repeating: ".", count: 69) + "Passed\n")
  }

  @Test("a hook that is never content fails also with --fix, and its modes are taken over")
  func restless() async throws {
    let folder = try await repository(
      """
      repos:
      - repo: local
        hooks:
        - {id: more, name: more, entry: "sh -c 'for f; do echo more >> $f; done' --", language: system, files: a.txt}
        - {id: mode, name: mode, entry: chmod +x, language: system, files: b.sh}

      """)
    try folder.write("1\n", to: "a.txt")
    try folder.write("2\n", to: "b.sh")
    try await Program.shell("git add -A", in: folder.path)
    let result = try await run(["--fix"], in: folder)
    #expect(result.status == 1)
    #expect(result.output.contains("Failed\n- hook id: more\n- files were modified"))
    #expect(result.output.contains("Fixed\n- hook id: mode\n"))
    #expect(
      try await Program.shell("cat a.txt; git ls-files -s b.sh; test -x b.sh", in: folder.path)
        .hasPrefix("1\nmore\nmore\n100755 "))
  }

  @Test("git in a hook sees the snapshot, and what it adds there stays there") func git()
    async throws
  {
    let folder = try await repository(
      """
      repos:
      - repo: local
        hooks:
        - id: git
          name: git
          entry: >-
            sh -c 'test "$(git rev-parse --show-toplevel)" = "$PWD" && git diff --quiet && git branch --show-current
            && git log --oneline | wc -l && git diff --cached --name-only && echo made > made && git add made
            && git ls-files made && mkdir in && cd in && git init -q . && git rev-parse --show-toplevel | grep -c /in$'
          language: system
          pass_filenames: false
          verbose: true

      """)
    try folder.write("1\n", to: "학습.py")
    try await Program.shell("git add -A", in: folder.path)
    try folder.write("2\n", to: "학습.py")
    let index = try FileSystem.read(folder.path.appending(".git/index"))
    let result = try await run(["pre-commit"], in: folder)
    #expect(result.status == 0, "\(result)")
    #expect(result.output.contains("\nmain\n1\n\"\\355\\225\\231\\354\\212\\265.py\"\nmade\n1\n"))
    #expect(try FileSystem.read(folder.path.appending(".git/index")) == index)
    #expect(try await Program.shell("git status --short", in: folder.path).hasPrefix("AM "))
  }

  @Test("a real commit is looked at as git is about to make it") func commit() async throws {
    let folder = try await repository(
      """
      repos:
      - repo: local
        hooks:
        - {id: bad, name: bad, entry: "bad", language: pygrep, files: '\\.txt$'}
        - {id: word, name: word, entry: "no bad words", language: fail, stages: [commit-msg], always_run: true}

      """)
    try folder.write("good\n", to: "a.txt")
    let result = try await Program.shell(
      """
      git config core.hooksPath .git/own; PATH="$(dirname '\(Program.path)'):$PATH"; '\(Program.path)' hooks install pre-commit
      git add a.txt; git commit -qm 'feat: a'; echo bad >> a.txt
      git commit -qam 'feat: b' > said 2>&1 || echo "-a: $(grep -c a.txt:2:bad said)"
      git commit -qm 'feat: c' a.txt > said 2>&1 || echo "path: $(grep -c a.txt:2:bad said)"
      echo good > b.txt; git add b.txt; git commit -qm 'feat: d'; git log --oneline | wc -l
      '\(Program.path)' hooks install commit-msg
      git commit -qm 'feat: e' --allow-empty > said 2>&1 || grep -c 'no bad words' said
      """, in: folder.path)
    #expect(result.hasSuffix("-a: 1\npath: 1\n3\ncommit-msg: installed\n1\n"), "\(result)")
  }

  @Test("hooks that pre-commit runs are not run a second time") func twice() async throws {
    let folder = try await repository(Self.trim)
    try folder.write("a  \n", to: "a.txt")
    try await Program.shell("git add -A", in: folder.path)
    #expect(try await run([], in: folder).status == 1)
    let called = try await Program.run(
      ["hooks", "run"], in: folder.path, environment: ["PRE_COMMIT": "1"])
    #expect(called.status == 0 && called.output == "", "\(called)")
    try folder.write(
      "#!/bin/sh\n# File generated by pre-commit: https://pre-commit.com\n",
      to: ".git/hooks/pre-commit.before-reprise")
    #expect(try await run([], in: folder).status == 0)
    // Another's hook in front of ours runs none of them.
    try folder.write("#!/bin/sh\n", to: ".git/hooks/pre-commit.before-reprise")
    #expect(try await run([], in: folder).status == 1)
  }

  @Test("what would be run is listed, with the reason why something is not") func list()
    async throws
  {
    let folder = try await repository(
      """
      repos:
      - repo: local
        hooks:
        - {id: own, name: own, entry: make lint, language: system}
        - {id: later, name: later, entry: make test, language: system, stages: [pre-push]}
        - {id: py, name: py, entry: tool, language: python}
      - repo: https://github.com/pre-commit/pre-commit-hooks
        rev: v6.0.0
        hooks: [{id: trailing-whitespace}, {id: check-vcs-permalinks}]

      """)
    let result = try await run(["--list", "--json"], in: folder)
    #expect(result.status == 0)
    let list = try #require(try JSONValue(parsing: result.output).array)
    #expect(list.map { $0["runs"]?.bool } == [true, false, false, false, false])
    #expect(list.map { $0["line"]?.int } == [4, 5, 6, 9, 9])
    #expect(
      list[3]["covered_by"]?.array?.compactMap(\.string)
        == ["py.whitespace", "text.trailing-whitespace"])
    #expect(list[2]["reason"]?.string?.contains("`pre-commit run py`") == true)
    let text = try await run(["--list"], in: folder)
    #expect(text.output.contains("later                 is for pre-push\n"))
    let run = try await run([], in: folder)
    #expect(
      run.error.contains("not run, because they need pre-commit: py, check-vcs-permalinks"),
      "\(run.error)")
  }

  @Test(
    "a bad configuration is told with its place",
    arguments: [
      ("repos: [", "2:1", "flow node"), ("", "", "it is empty"),
      ("repos: {}", "1:8", "`repos` is a list"),
      ("files: '('\nrepos: []", "1:8", "is no regular expression"),
      ("repos:\n- hooks: []", "2:3", "needs `repo`"),
      ("repos:\n- repo: https://x\n  hooks: []", "2:3", "needs `rev`"),
      (
        "repos:\n- repo: local\n  hooks:\n  - {id: a, name: a, language: system}", "4:5",
        "needs `entry`"
      ),
      (
        "repos:\n- repo: local\n  hooks:\n  - {id: a, name: a, entry: x, language: sistem}", "4:42",
        "there is no language `sistem`"
      ),
      (
        "repos:\n- repo: local\n  hooks:\n  - {id: a, name: a, entry: x, language: system, types: [pyton]}",
        "4:58", "there is no type `pyton`"
      ),
      (
        "repos:\n- repo: local\n  hooks:\n  - {id: a, name: a, entry: \"x 'y\", language: system}",
        "4:29",
        "a quote"
      ),
      (
        "repos:\n- repo: local\n  hooks:\n  - {id: a, name: a, entry: '(', language: pygrep}",
        "4:29",
        "no regular expression"
      ),
      (
        "repos:\n- repo: local\n  hooks:\n  - {id: a, name: a, entry: x, language: system, always_run: 'no'}",
        "4:62", "`always_run` is true or false"
      ),
      ("default_stages: [comit]\nrepos: []", "1:18", "there is no stage `comit`"),
    ])
  func bad(config: String, place: String, message: String) async throws {
    let folder = try await repository(config)
    let result = try await run([], in: folder)
    #expect(result.status == 2)
    #expect(
      result.error.contains(".pre-commit-config.yaml\(place.isEmpty ? "" : ":" + place)\n")
        || result.error.contains(".pre-commit-config.yaml:\(place)"), "\(result.error)")
    #expect(result.error.contains(message), "\(result.error)")
  }

  @Test("a key that nobody knows is warned of, and the hooks are run") func unknown() async throws {
    let folder = try await repository(
      "repos:\n- repo: local\n  hooks:\n  - {id: a, name: a, entry: 'true', language: system, alwaysrun: true}\n"
    )
    let result = try await run([], in: folder)
    #expect(result.status == 0)
    #expect(result.error.contains("has no key `alwaysrun`\n  --> .pre-commit-config.yaml:4:55"))
    #expect(result.error.contains("did you mean `always_run`?"))
  }

  @Test("an unfinished merge is not looked at") func merge() async throws {
    let folder = try await repository(Self.trim)
    try await Program.shell(
      """
      echo 1 > a; git add a; git commit -qm 1; git checkout -qb o; echo 2 > a; git commit -qam 2
      git checkout -q main; echo 3 > a; git commit -qam 3; git merge o || true
      """, in: folder.path)
    let result = try await run([], in: folder)
    #expect(result.status == 2)
    #expect(result.error.contains("a merge is not finished"))
  }

  @Test("programs of the project's own environment are found") func environment() async throws {
    let folder = try await repository(
      """
      repos:
      - repo: local
        hooks:
        - {id: a, name: a, entry: own-tool, language: system, always_run: true, verbose: true}
        - {id: b, name: b, entry: .venv/bin/own-tool, language: system, always_run: true, verbose: true}

      """)
    try folder.write("#!/bin/sh\necho own $VIRTUAL_ENV\n", to: ".venv/bin/own-tool", mode: 0o755)
    try folder.write("", to: ".venv/pyvenv.cfg")
    let result = try await run([], in: folder)
    #expect(result.status == 0, "\(result)")
    #expect(result.output.split(separator: "own \(folder.path)/.venv").count == 3)
  }

  @Test(
    "Ctrl-C ends a hook with all that it started, and leaves nothing", arguments: [SIGINT, SIGTERM])
  func interrupt(signal: Int32) async throws {
    let folder = try await repository(
      """
      repos:
      - repo: local
        hooks:
        - {id: a, name: a, entry: "sh -c 'echo more >> reprise.yml; touch $HERE/began; sleep 300 & sleep 300'", language: system, always_run: true, pass_filenames: false}

      """)
    let before = try FileSystem.read(folder.path.appending(".git/index"))
    let background = Background(
      "exec \"$REPRISE\" hooks run --fix", in: folder.path,
      environment: [
        "TMPDIR": folder.path.appending("tmp").string, "HERE": folder.path.appending("tmp").string,
      ])
    try await Background.wait { FileSystem.exists(folder.path.appending("tmp/began")) }
    background.send(signal)
    let status = try await background.end().exitCode
    #expect(status == 130)
    #expect(try FileSystem.names(in: folder.path.appending("tmp")) == ["began"])
    #expect(ProcessTable.carrying("HERE", folder.path.appending("tmp").string).isEmpty)
    #expect(try FileSystem.read(folder.path.appending(".git/index")) == before)
    #expect(try await Program.shell("git status --short", in: folder.path) == "")
  }

  @Test("kill -9 leaves no process, and the next run takes away what it left on disk") func kill()
    async throws
  {
    let folder = try await repository(
      """
      repos:
      - repo: local
        hooks:
        - {id: a, name: a, entry: "sh -c 'test -e $HERE/began && exit 0; touch $HERE/began; exec sleep 300'", language: system, always_run: true, pass_filenames: false}

      """)
    let here = folder.path.appending("tmp").string
    let background = Background(
      "exec \"$REPRISE\" hooks run", in: folder.path, environment: ["TMPDIR": here, "HERE": here])
    try await Background.wait { FileSystem.exists(folder.path.appending("tmp/began")) }
    background.send(SIGKILL)
    _ = try await background.end()
    try await Background.wait { ProcessTable.carrying("HERE", here).isEmpty }
    #expect(try await Program.shell("git status --short", in: folder.path) == "")
    let result = try await Program.run(
      ["hooks", "run"], in: folder.path, environment: ["TMPDIR": here, "HERE": here])
    #expect(result.status == 0, "\(result)")
    #expect(try FileSystem.names(in: folder.path.appending("tmp")) == ["began"])
  }
}
