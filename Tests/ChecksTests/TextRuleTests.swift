import Checks
import Platform
import Support
import SystemPackage
import Testing

@Suite("Rules about text, and comments that let places be") struct TextRuleTests {
  private static let folder = FilePath(#filePath).removingLastComponent().removingLastComponent()
    .removingLastComponent().appending("lint-rules")

  @Test("a fix of blanks is safe only where the file says the same behind it")
  func blanks() throws {
    let rule = ["text.trailing-whitespace"]
    #expect(try findings("a: 1 \n", "x.yml", rule).map { $0.fix?.isSafe } == [true])
    #expect(try findings("a: |\n  b \n  c\n", "x.yml", rule).map { $0.fix?.isSafe } == [false])
    #expect(try findings("a = '''\nb \n'''\n", "x.toml", rule).map { $0.fix?.isSafe } == [false])
    #expect(
      try findings("a = 1 \nb = 2\t\n", "x.toml", rule).map { $0.fix?.isSafe } == [true, true])
    #expect(try findings("[a \n", "x.yml", rule).map { $0.fix?.isSafe } == [false])
  }

  @Test("all marks of a merge are told, and nothing in a file without its beginning")
  func merges() throws {
    let text = "a\n<<<<<<< HEAD\nb\n||||||| base\nc\n=======\nd\n>>>>>>> topic\n"
    let found = try findings(text, "x.swift", ["text.merge-conflict"])
    #expect(found.map(\.line) == [2, 4, 6, 8])
    #expect(found.allSatisfy { $0.severity == .error })
    #expect(try findings(String(text.dropFirst(15)), "x.rst", ["text.merge-conflict"]) == [])
  }

  @Test(
    "unused comments, by what is looked for",
    arguments: [
      // Off here, and nobody else is told to look for it.
      ("x = 1  # noqa: D100\n", "", [1]),
      // Off here, and on in ruff.
      ("x = 1  # noqa: D100\n", "[lint]\nselect = [\"D\"]\n", []),
      ("import os  # noqa: F401\n", "", []),
      ("from a import (  # noqa: F401\n    b,\n    c,\n)\n", "", []),
      ("x = 1 + \\\n    y  # noqa: F821\n", "", []),
      ("import os  # reprise: allow py.unused-import\n", "", []),
      ("x = 1  # reprise: allow py.unused-import\n", "", [1]),
      // A rule about the whole project is asked elsewhere.
      ("x = 1  # reprise: allow ml.param-literal\n", "", []),
      ("é = 1  # ÜBER # NOQA: F401\n", "", [1]),
    ] as [(String, String, [Int])])
  func comments(text: String, ruff: String, expected: [Int]) throws {
    let folder = try TemporaryFolder()
    try folder.write(ruff, to: "ruff.toml")
    try folder.write(
      "conventions:\n  rules: {py.unused-noqa: warning, py.unused-import: warning, py.undefined: warning}\n",
      to: "reprise.yml")
    let library = try RuleLibrary([(Self.folder, "lint-rules")])
    let selection = try RuleSelection(library, ConventionSettings(of: folder.path))
    let file = CheckedFile(path: "x.py", bytes: Array(text.utf8))
    let found = FileChecker(selection).findings(in: file).filter { $0.rule == "py.unused-noqa" }
    #expect(found.map(\.line) == expected)
  }

  private func findings(
    _ text: String, _ path: String, _ rules: [String]
  ) throws -> [Finding] {
    let library = try RuleLibrary([(Self.folder, "lint-rules")])
    let selection = try RuleSelection(library, ConventionSettings(), select: rules)
    return FileChecker(selection).findings(in: CheckedFile(path: path, bytes: Array(text.utf8)))
  }
}
