import Formats
import Platform
import Support
import SystemPackage
import Testing

/// `reprise check` of what changed, as files change, and with secrets that are lived with.
@Suite("reprise check of changes") struct CheckChangesTests {
  private static let git =
    "git -c user.name=a -c user.email=a@b -c commit.gpgsign=false -c core.hooksPath=/nowhere"

  /// Two lines that compare with None are committed; another stands before them on disk.
  private func project() async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("conventions: {select: [E711], rules: {E711: error}}\n", to: "reprise.yml")
    try folder.write("x = a == None\ny = 1\nz = b == None\n", to: "a.py")
    try folder.write("x = a == None\n", to: "old.py")
    _ = try await Program.shell(
      "git init -q -b main . && git add -A && \(Self.git) commit -qm one", in: folder.path)
    try folder.write("w = c == None\nx = a == None\ny = 1\nz = b == None\n", to: "a.py")
    return folder
  }

  private func findings(
    _ words: [String], in folder: TemporaryFolder
  ) async throws -> (status: Int32, lines: [String]) {
    let result = try await Program.run(
      ["check", "--format", "json", "--no-cache"] + words, in: folder.path)
    let json = try JSONValue(parsing: result.output).array ?? []
    return (
      result.status,
      json.map {
        "\($0["file"]?.string ?? "") \($0["line"]?.int ?? 0) \($0["severity"]?.string ?? "")"
      }
    )
  }

  @Test("lines that changed are errors, others a word") func changedLines() async throws {
    let folder = try await project()
    let all = try await findings(["--changed-lines"], in: folder)
    #expect(all.lines == ["a.py 1 error", "a.py 2 info", "a.py 4 info"])
    #expect(all.status == 1)
    let staged = try await findings(["--changed-lines", "--staged"], in: folder)
    #expect(staged.status == 0 && staged.lines.isEmpty, "nothing is staged")
    _ = try await Program.shell("git add a.py; echo > a.py", in: folder.path)
    let index = try await findings(["--changed-lines", "--staged"], in: folder)
    #expect(index.lines == all.lines && index.status == 1)
    let since = try await findings(["--since", "HEAD"], in: folder)
    #expect(since.lines.isEmpty, "the file on disk has no such line: \(since.lines)")
  }

  @Test("what came since a revision: changed, staged, new; not what is as it was, ignored or gone")
  func since() async throws {
    let folder = try await project()
    try folder.write("v = d == None\n", to: "new.py")
    try folder.write("v = d == None\n", to: "staged.py")
    try folder.write("v = d == None\n", to: "ignored.py")
    try folder.write("ignored.py\n", to: ".gitignore")
    _ = try await Program.shell(
      """
      git add staged.py; \(Self.git) commit -qm two -- staged.py
      touch old.py; rm -f gone; ln -s old.py link.py; mkdir sub; cp old.py sub/
      """, in: folder.path)
    let all = try await findings(["--since", "HEAD~1", "--changed-lines"], in: folder)
    #expect(
      all.lines == [
        "a.py 1 error", "a.py 2 info", "a.py 4 info", "new.py 1 error", "staged.py 1 error",
        "sub/old.py 1 error",
      ])
    let below = try await findings(["--since", "HEAD", "sub"], in: folder)
    #expect(below.lines == ["sub/old.py 1 error"])
    let unknown = try await Program.run(["check", "--since", "mian"], in: folder.path)
    #expect(unknown.status == 2 && unknown.error.contains("did you mean `main`?"), "\(unknown)")
  }

  @Test("before the first commit, and of a notebook's cells") func firstAndCells() async throws {
    let folder = try TemporaryFolder()
    try folder.write("conventions: {select: [E711], rules: {E711: error}}\n", to: "reprise.yml")
    func notebook(_ sources: [String]) -> String {
      let cells = sources.map {
        #"{"cell_type":"code","execution_count":null,"metadata":{},"outputs":[],"source":["\#($0)"]}"#
      }
      return
        #"{"cells":[\#(cells.joined(separator: ",\n"))],"metadata":{},"nbformat":4,"nbformat_minor":4}"#
    }
    try folder.write(notebook(["a == None", "b == 1"]), to: "n.ipynb")
    _ = try await Program.shell("git init -q -b main .", in: folder.path)
    #expect(try await findings(["--changed-lines"], in: folder).lines == ["n.ipynb 1 error"])
    _ = try await Program.shell("git add -A; \(Self.git) commit -qm one", in: folder.path)
    try folder.write(notebook(["c = 1", "a == None", "b == None"]), to: "n.ipynb")
    #expect(
      try await findings(["--changed-lines"], in: folder).lines == [
        "n.ipynb 1 info", "n.ipynb 1 error",
      ])
  }

  @Test("a file that is saved is looked at again") func watch() async throws {
    let folder = try TemporaryFolder()
    try folder.write("conventions: {select: [E711]}\n", to: "p/reprise.yml")
    try folder.write("x = 1\n", to: "p/src/a.py")
    let result = try await Program.shell(
      """
      cd p
      '\(Program.path)' check --watch --concise > ../said 2> ../notes & p=$!
      until_said() {
        for i in $(seq 1200); do grep -q "$1" "$2" && return; sleep 0.05; done
        echo "never said: $1"; kill -9 $p; exit 1
      }
      until_said 'nothing found' ../notes
      echo 'x = a == None' > src/a.py
      until_said 'src/a.py:1' ../said
      mkdir -p src/deep/er; sleep 0.2; echo 'y = b == None' > src/deep/er/b.py
      until_said 'er/b.py:1' ../said
      echo 'conventions: {select: [E7111]}' > reprise.yml
      until_said E7111 ../notes
      kill $p; wait $p || echo "ended $?"
      """, in: folder.path)
    #expect(result.hasPrefix("ended "), "\(result)")
  }

  @Test("a secret that is allowed is told no more, wherever it stands; another is") func secrets()
    async throws
  {
    let folder = try TemporaryFolder()
    // Put together here, so that nothing takes this file for one with a key.
    let one = "AKIA" + "Z7QXPLM2VNTRKWYB"
    let two = "AKIA" + "Q3RTWXYZ5LMNPKDV"
    try folder.write("conventions: {select: [secret]}\n", to: "reprise.yml")
    try folder.write("key = '\(one)'\n", to: "a.py")
    func check(_ words: String...) async throws -> Program.Result {
      try await Program.run(["check", "--concise"] + words, in: folder.path)
    }
    #expect(try await check().status == 1)
    #expect(try await check("--allow-secrets").error.contains("1 secret is allowed"))
    let list = try folder.read(".reprise/allowed-secrets")
    #expect(list.contains(" a.py\n") && !list.contains(one))
    #expect(try await check().status == 0)
    #expect(try await check("--allow-secrets").error.contains("0 secrets are allowed"))
    #expect(try folder.read(".reprise/allowed-secrets") == list)
    try folder.write("\n\nother = '\(one)'\n", to: "b.py")
    #expect(try await check().status == 0)
    try folder.write("key = '\(two)'\n", to: "c.py")
    let result = try await check()
    #expect(result.status == 1 && result.output.contains("c.py:1"), "\(result)")
    #expect(!result.output.contains("a.py") && !result.output.contains(two))
    try folder.write("what is this\n", to: ".reprise/allowed-secrets")
    let wrong = try await check()
    #expect(
      wrong.status == 2 && wrong.error.contains(".reprise/allowed-secrets:1"), "\(wrong)")
  }
}
