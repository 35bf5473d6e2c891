import Checks
import Platform
import Support
import SystemPackage
import Testing

@Suite("Rules about YAML, JSON and TOML") struct DataRuleTests {
  @Test(
    "each demand is told at the place that does not meet it",
    arguments: [
      ("yaml", "{path: $.a, require: b}", "x: 1\na:\n  c: 2\n", ["2:1 require b"]),
      ("yaml", "{path: $, require: [a, [b, c]]}", "c: 1\n", ["1:1 require a"]),
      ("yaml", "{path: $, require: [a, [b, c]]}", "a: 1\n", ["1:1 require b"]),
      (
        "yaml", "{path: '$.jobs.*', forbid: 'secret*'}", "jobs:\n  one: {x: 1, secret_key: 2}\n",
        ["2:15 forbid secret_key"]
      ),
      ("yaml", "{path: $, known: [a, b]}", "a: 1\nz: 2\n", ["2:1 known z"]),
      (
        "yaml", "{path: '$.items[*]', type: mapping}", "items:\n- {a: 1}\n- text\n- [1]\n",
        ["3:3 type items", "4:3 type items"]
      ),
      ("yaml", "{path: $.n, type: number}", "n: 3\n", []),
      ("yaml", "{path: $.n, type: integer}", "n: 3.5\n", ["1:4 type n"]),
      (
        "yaml", "{path: $.d, type: [date, 'null']}", "d: 2024-01-01\n---\nd: ~\n---\nd: x\n",
        ["5:4 type d"]
      ),
      (
        "yaml", "{path: $..lr, minimum: 0, maximum: 1}",
        "a:\n  lr: 2\nb: [{lr: -1}, {lr: 0.5}, {lr: x}]\n", ["2:7 maximum lr", "3:10 minimum lr"]
      ),
      ("yaml", "{path: $.mode, one-of: [train, test]}", "mode: trian\n", ["1:7 one-of mode"]),
      (
        "yaml", "{path: '$.names[*]', regex: '^[a-z]+$'}", "names: [ab, 'C', 3]\n",
        ["1:13 regex names"]
      ),
      ("yaml", "{path: $.url, not-regex: '^http:'}", "url: \"http://x\"\n", ["1:6 not-regex url"]),
      ("yaml", "{path: $.l, unique: true}", "l:\n- a\n- b\n- a\n- 1\n- '1'\n", ["4:3 unique l"]),
      (
        "yaml", "{path: $.l, unique: id}", "l:\n- {id: a}\n- {id: b}\n- {id: a}\n", ["4:8 unique l"]
      ),
      (
        "yaml", "{path: $.l, min-items: 1, max-items: 2}", "l: []\n---\nl: [1, 2, 3]\n",
        ["1:4 min-items l", "3:4 max-items l"]
      ),
      ("yaml", "{path: '$[\"a.b\"][0]', type: text}", "a.b: [1]\n", ["1:7 type a.b"]),
      ("yaml", "{path: $.on, type: text}", "on: push\n", []),
      ("yaml", "{path: $.a, require: b}", "x: &x {b: 1}\na: {<<: *x}\n", []),
      ("yaml", "{path: '$.l[*]', forbid: a}", "l:\n- &x {a: 1}\n- *x\n- *x\n", ["2:7 forbid a"]),
      ("yaml", "{path: $.a, type: text}", "한글: 1\na: 2\n한: {a: 1}\n", ["2:4 type a"]),
      ("json", "{path: $.a.b, type: integer}", "{\"a\":\n  {\"b\": \"x\"}}", ["2:9 type b"]),
      (
        "json", "{path: '$.l[*]', maximum: 1000}", "{\"l\": [1, 1e4, 2000]}",
        ["1:11 maximum l", "1:16 maximum l"]
      ),
      ("json", "{path: $, forbid: é}", "{\"\\u00e9\": 1}", ["1:2 forbid \u{E9}"]),
      ("toml", "{path: $.tool.x, known: [a]}", "[tool.x]\na = 1\n  b = 2\n", ["3:3 known b"]),
      ("toml", "{path: '$.t[*].n', minimum: 2}", "[[t]]\nn = 1\n[[t]]\nn = 2\n", ["2:1 minimum n"]),
    ] as [(String, String, String, [String])])
  func demands(kind: String, match: String, text: String, expected: [String]) throws {
    #expect(try findings(kind, match, text) == expected)
  }

  @Test(
    "what cannot be read, and keys that repeat",
    arguments: [
      ("yaml", "a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n", ["5:3 repeated c"]),
      ("yaml", "{a: 1, 'a': 2}\n", ["1:8 repeated a"]),
      ("yaml", "a: [1\n", ["2:1 syntax "]),
      ("yaml", "a: b: c\n", ["1:5 syntax "]),
      ("yaml", "\ta: 1\n", ["1:1 syntax "]),
      ("yaml", "a: {{ x }}\n", []),
      ("yaml", "a: 1\n1: 2\n1.0: 3\n", []),
      ("json", "{\"a\": 1,\n \"b\": {\"x\": 1, \"x\": 2}}", ["2:16 repeated x"]),
      ("json", "[1,\n2,]", ["2:3 syntax "]),
      ("json", "{\"a\": \"\u{1}\"}", ["1:8 syntax "]),
      ("json", String(repeating: "[", count: 100_000), ["1:501 syntax "]),
      ("toml", "a = 1\nb = \n", ["2:5 syntax "]),
      ("toml", "[a]\nx = 1\nx = 2\n", ["3:1 syntax "]),
    ] as [(String, String, [String])])
  func syntax(kind: String, text: String, expected: [String]) throws {
    #expect(try findings(kind, "{check: syntax}", text) == expected)
  }

  @Test("a comment lets a place be") func comments() throws {
    let text = "a: x # reprise: allow team.rule it is so\n"
    #expect(try findings("yaml", "{path: $.a, type: integer}", text) == [])
  }

  @Test(
    "a rule that makes no sense is told at its place",
    arguments: [
      ("{path: a.b, require: x}", "6:17: the path `a.b`: it begins with `$`, the document"),
      (
        "{path: '$.a[x]', require: x}",
        "6:17: the path `$.a[x]`: in brackets stands `*`, a number, or a name in quotes"
      ),
      ("{path: $.a}", "6:10: a rule about data asks for something"),
      ("{path: $, type: list2}", "6:26: `list2` is no type"),
      ("{check: syntax, path: $}", "6:10: `check` stands alone"),
      ("{path: $, regex: '('}", "6:27: the regular expression"),
      ("{path: $, minimum: x}", "6:29: `minimum` is a number"),
    ]) func wrong(match: String, message: String) throws
  {
    let failure = #expect(throws: Failure.self) { _ = try findings("yaml", match, "a: 1\n") }
    let location = try #require(failure?.location)
    let said = "\(location.line ?? 0):\(location.column ?? 0): \(failure?.message ?? "")"
    #expect(said.hasPrefix(message), "\(said)")
  }

  /// What one rule finds, as `line:column demand key`.
  private func findings(_ kind: String, _ match: String, _ text: String) throws -> [String] {
    let folder = try TemporaryFolder()
    let names = [
      "require", "forbid", "known", "type", "one-of", "regex", "not-regex", "minimum", "maximum",
      "min-items", "max-items", "unique", "repeated",
    ]
    let messages = names.map { "\($0): \"\($0) {key}\"" }.joined(separator: ", ")
    try folder.write(
      """
      version: 1
      family: team
      rules:
      - id: team.rule
        kind: \(kind)
        match: \(match)
        messages: {\(messages), syntax: "syntax "}
      """, to: "rules/team.yml")
    let library = try RuleLibrary([(folder.path.appending("rules"), "rules")])
    let selection = try RuleSelection(library, ConventionSettings())
    let file = CheckedFile(path: "file.\(kind)", bytes: Array(text.utf8))
    return FileChecker(selection).findings(in: file).map {
      "\($0.line ?? 0):\($0.column ?? 0) \($0.message)"
    }
  }
}
