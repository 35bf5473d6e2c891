import Formats
import Platform
import Support
import SystemPackage
import Testing

/// `reprise check` as a person meets it: reports, settings, baselines, and what is wrong with what it is given.
@Suite("reprise check") struct CheckCommandTests {
  private func project() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("import numpy as np\nx = np.random.rand(3)\ny = x == None\n", to: "a.py")
    try folder.write("conventions: {select: [ml, E711]}\n", to: "reprise.yml")
    return folder
  }

  private func check(_ words: String..., in folder: TemporaryFolder) async throws -> Program.Result
  {
    try await Program.run(["check"] + words, in: folder.path)
  }

  @Test("a line with its caret, a summary, and codes") func text() async throws {
    let folder = try project()
    let result = try await check(in: folder)
    #expect(result.status == 0, "warnings alone are no failure: \(result)")
    #expect(result.output.contains("a.py:2:5 warning ml.global-seed (NPY002)"), "\(result)")
    #expect(
      result.output.contains("2 | x = np.random.rand(3)\n  |     ^^^^^^^^^^^^^^^^^"), "\(result)")
    let korean = try await check("--lang", "ko", in: folder)
    #expect(korean.output.contains("경고") && korean.error.contains("파일"), "\(korean)")
  }

  @Test("formats that other programs read") func formats() async throws {
    let folder = try project()
    let json = try JSONValue(parsing: try await check("--format", "json", in: folder).output)
    let first = try #require(json.array?.first)
    #expect(first["file"]?.string == "a.py" && first["line"]?.int == 2 && first["column"]?.int == 5)
    #expect(first["rule"]?.string == "ml.global-seed" && first["severity"]?.string == "warning")
    #expect(first["codes"] == .array([.string("NPY002")]))
    let sarif = try JSONValue(parsing: try await check("--format", "sarif", in: folder).output)
    #expect(sarif["version"]?.string == "2.1.0")
    let results = sarif["runs"]?.array?.first?["results"]?.array ?? []
    #expect(results.count == json.array?.count)
    let github = try await check("--format", "github", in: folder).output
    #expect(
      github.hasPrefix("::warning file=a.py,line=2,col=5,endLine=2,endColumn=22,title=NPY002::"))
    let gitlab = try JSONValue(parsing: try await check("--format", "gitlab", in: folder).output)
    #expect(
      Set(gitlab.array?.compactMap { $0["fingerprint"]?.string } ?? []).count == results.count)
    let junit = try await check("--format", "junit", in: folder).output
    #expect(junit.contains("<testsuite name=\"a.py\" tests=\"\(results.count)\""))
    let html = try await check("--format", "html", in: folder).output
    #expect(html.contains("<mark>np.random.rand(3)</mark>"))
  }

  @Test("comments leave out, settings decide, a baseline shrinks") func settings() async throws {
    let folder = try project()
    try folder.write(
      "import numpy as np\nx = np.random.rand(3)  # noqa: NPY002\n# reprise: allow ml.global-seed a demo\ny = np.random.rand()\n",
      to: "a.py")
    #expect(try await check(in: folder).output == "")
    try folder.write("import numpy as np\nx = np.random.rand(3)\n", to: "a.py")
    try folder.write(
      "conventions:\n  select: [ml]\n  rules: {ml.global-seed: error}\n  overrides:\n  - {paths: [b.py], rules: {ml.global-seed: off}}\n",
      to: "reprise.yml")
    try folder.write("import numpy as np\nx = np.random.rand(3)\n", to: "b.py")
    let result = try await check("--concise", in: folder)
    #expect(result.status == 1 && !result.output.contains("b.py"), "\(result)")
    #expect(try await check("--update-baseline", "--accept-new", in: folder).status == 0)
    #expect(try await check(in: folder).status == 0)
    let baseline = try folder.read(".reprise/baseline.json")
    try folder.write(
      "import numpy as np\n\n\nx = np.random.rand(3)\nz = np.random.rand(4)\n", to: "a.py")
    let new = try await check("--concise", in: folder)
    #expect(
      new.status == 1 && new.output.contains("a.py:5:5") && !new.output.contains("a.py:4"), "\(new)"
    )
    #expect(try await check("--update-baseline", in: folder).status == 0)
    #expect(try folder.read(".reprise/baseline.json") == baseline, "it gains nothing")
    try folder.write("x = 1\n", to: "a.py")
    #expect(try await check("--update-baseline", in: folder).status == 0)
    #expect(!FileSystem.exists(folder.path.pushing(".reprise/baseline.json")))
  }

  @Test("what ruff is told of single rules counts here too") func ruffOptions() async throws {
    let folder = try project()
    let select = "conventions: {select: [Q000, PLR0913, C901, D407]}\n"
    try folder.write(select, to: "reprise.yml")
    try folder.write(
      """
      def f(a, b, c):
          \"""Does it.

          Returns
              x
          \"""
          if a:
              return 'a'
          return b

      """, to: "a.py")
    func codes() async throws -> [String] {
      let found = try await check("--format", "jsonl", in: folder).output
      return try found.split(separator: "\n").compactMap {
        try JSONValue(parsing: String($0))["codes"]?.array?.first?.string
      }.sorted()
    }
    #expect(try await codes() == ["Q000"])
    try folder.write(
      """
      [lint]
      flake8-quotes.inline-quotes = "single"
      mccabe.max-complexity = 1
      pylint.max-args = 2
      pydocstyle.convention = "numpy"

      """, to: "ruff.toml")
    #expect(try await codes() == ["C901", "D407", "PLR0913"])
    try folder.write(
      "conventions: {select: [Q000, C901], rules: {py.quotes: {style: double}}}\n",
      to: "reprise.yml")
    #expect(try await codes() == ["C901", "Q000"])
  }

  @Test(
    "what is wrong says where and what to type",
    arguments: [
      (
        "reprise.yml", "conventions:\n  rules: {ml.globl-seed: error}\n", "reprise.yml:2:11",
        "did you mean `ml.global-seed`"
      ),
      ("reprise.yml", "conventions:\n  ruls: {}\n", "reprise.yml:2:3", "did you mean `rules`"),
      (
        "reprise.yml", "conventions:\n  rules: {py.line-length: {mx: 1}}\n", "reprise.yml:2:28",
        "it has: "
      ),
      ("pyproject.toml", "[tool\n", "pyproject.toml:1:6", ""),
      (
        "lint-rules/x.yml",
        "version: 1\nfamily: x\nrules:\n- id: x.y\n  kind: text\n  match: {regex: '(a'}\n  message: m\n",
        "lint-rules/x.yml:6:18", ""
      ),
      (
        "lint-rules/x.yml",
        "version: 1\nfamily: x\nrules:\n- id: x.y\n  kind: python\n  match: {cal: f}\n  message: m\n",
        "lint-rules/x.yml:6:11", "did you mean `call`"
      ),
      ("lint-rules/x.yml", "version: 2\n", "lint-rules/x.yml:1:10", ""),
    ])
  func wrong(file: String, text: String, place: String, hint: String) async throws {
    let folder = try project()
    try folder.write(text, to: file)
    let result = try await check(in: folder)
    #expect(result.status == 2, "\(result)")
    #expect(result.error.contains("--> \(place)") && result.error.contains(hint), "\(result)")
  }

  @Test("files that are odd are no reason to stop") func odd() async throws {
    let folder = try project()
    try folder.write("conventions: {select: [ALL]}\n", to: "reprise.yml")
    try folder.write("x = (\n", to: "open.py")
    try folder.write("def f(:\n    pass\nimport numpy\nnumpy.random.rand()\n", to: "wrong.py")
    try FileSystem.write([0x78, 0x3D, 0xFF, 0x0A, 0x00], to: folder.path.appending("bytes.py"))
    try folder.write(String(repeating: "(", count: 100_000) + "\n", to: "deep.py")
    try folder.write("x = '" + String(repeating: "a", count: 10_000_000) + "'\n", to: "long.py")
    try folder.write("{\"cells\": [", to: "01-ab-broken.ipynb")
    try folder.write("", to: "empty.py")
    try await Program.shell(
      "ln -s . loop; ln -s nowhere dangling.py; mkfifo pipe.py", in: folder.path)
    let result = try await check("--concise", in: folder)
    #expect(
      result.status == 0 || result.status == 1, "\(result.status) \(result.error.prefix(500))")
    #expect(
      result.output.contains("wrong.py:4:1 warning ml.global-seed"), "\(result.error.prefix(500))")
  }
}
