import Checks
import Formats
import Platform
import Support
import SystemPackage
import Testing

/// Which files of settings can be read, and which keys repeat, against the readers that pre-commit's hooks ask: ruamel.yaml
/// for `check-yaml`, Python's own for `check-json` and `check-toml`.
@Suite("Files of settings as Python reads them") struct ConventionsDataInterop {
  private static let rules = FilePath(#filePath).removingLastComponent().removingLastComponent()
    .removingLastComponent().appending("lint-rules")

  @Test("YAML, JSON and TOML, right and wrong", arguments: ["yaml", "json", "toml"])
  func syntax(format: String) throws {
    let texts = Self.texts(format)
    #expect(texts.count > 150)
    let answers = try Peer.ask(
      Self.reader, about: texts.map { .array([.string(format), .string($0)]) })
    let selection = try RuleSelection(
      RuleLibrary([(Self.rules, "lint-rules")]), ConventionSettings(),
      select: ["data.\(format)-syntax"])
    let checker = FileChecker(selection)
    var wrong = 0
    for (text, answer) in zip(texts, answers) {
      let file = CheckedFile(path: "file.\(format)", bytes: Array(text.utf8))
      let isRight = checker.findings(in: file).isEmpty
      if !isRight { wrong += 1 }
      #expect(isRight == (answer.string == "right"), "\(text.debugDescription): \(answer)")
    }
    #expect(wrong > 50)
    print("\(format): \(texts.count) texts, \(wrong) wrong")
  }

  /// Each seed, and each seed with a byte taken away, put in or doubled; a line taken away or doubled.
  private static func texts(_ format: String) -> [String] {
    var texts: [String] = []
    for seed in seeds[format] ?? [] {
      texts.append(seed)
      let letters = Array(seed.unicodeScalars)
      for index in letters.indices where index % 2 == 0 {
        var less = letters
        less.remove(at: index)
        texts.append(String(String.UnicodeScalarView(less)))
      }
      for (index, sign) in zip(stride(from: 0, to: letters.count, by: 3), cycle("{}[]:,\"'#&*-=")) {
        var more = letters
        more.insert(sign, at: index)
        texts.append(String(String.UnicodeScalarView(more)))
      }
      let lines = seed.split(separator: "\n", omittingEmptySubsequences: false)
      for index in lines.indices {
        var twice = lines
        twice.insert(lines[index], at: index)
        texts.append(twice.joined(separator: "\n"))
      }
    }
    // What is filled in before it is read is none of theirs.
    return texts.filter { text in
      !text.contains("{{") && !text.contains("{%") && !others.contains { text.contains($0) }
    }
  }

  /// Where libyaml and ruamel differ: names of anchors with a colon, an empty key, two ends of a document; and a repeated key
  /// beside a merge, which ruamel does not see.
  private static let others = ["&d:", "\n: 2", "...\n...", "  d: 'it''s'\n  d: 'it''s'"]

  private static func cycle(_ text: String) -> some Sequence<Unicode.Scalar> {
    let signs = Array(text.unicodeScalars)
    return (0..<100_000).lazy.map { signs[$0 % signs.count] }
  }

  private static let seeds: [String: [String]] = [
    "yaml": [
      "name: x\non:\n  push: {branches: [main]}\njobs:\n  test:\n    runs-on: linux\n    steps:\n    - uses: a@v1\n    - run: |\n        x y\n        z\n",
      "a: &x\n  b: 1\nc:\n  <<: *x\n  d: 'it''s'\ne: \"q\\n\"\n",
      "- 1\n- 2.5\n- [a, {b: c}]\n- ? k\n  : v\n- >\n  folded\n  text\n",
      "# only\n---\na: 1\n---\nb: 2\n...\n",
      "lr: 1e-3\nlayers: [64, 32]\nmodel:\n  name: mlp # why\n  drop: ~\n",
    ],
    "json": [
      "{\"name\": \"x\", \"list\": [1, -2.5e3, true, null], \"in\": {\"a\": \"\\u00e9\\n\", \"b\": {}}}\n",
      "[\n  {\"id\": 1, \"tags\": [\"a\", \"b\"]},\n  {\"id\": 2, \"tags\": []}\n]\n",
      "{\"lr\": 0.001, \"layers\": [64, 32], \"x\": NaN, \"y\": -Infinity}\n",
    ],
    "toml": [
      "title = \"x\"\n[project]\nname = 'y'\nversion = \"1.0\"\ndeps = [\n  \"a\",\n  \"b\", # why\n]\n[tool.x]\nd = 2024-01-01\nf = 1e3\nt = {a = 1, b.c = 2}\n",
      "[[a]]\nx = 1\n[[a]]\nx = 2\n[b.c]\ny = '''\ntext\n'''\n[b]\nz = true\n",
    ],
  ]

  private static let reader = """
    import io
    import json as json_reader
    import tomllib
    import ruamel.yaml

    class Tags(ruamel.yaml.constructor.SafeConstructor):
        pass

    # A tag of another program is fine.
    Tags.add_constructor(None, lambda constructor, node: str(node.tag))

    def once(pairs):
        keys = [key for key, _ in pairs]
        if len(set(keys)) != len(keys):
            raise ValueError("repeated")
        return dict(pairs)

    def answer(case):
        format, text = case
        try:
            if format == "yaml":
                yaml = ruamel.yaml.YAML(typ="safe", pure=True)
                yaml.Constructor = Tags
                yaml.version = (1, 1)
                list(yaml.load_all(text))
            elif format == "json":
                json_reader.loads(text, object_pairs_hook=once)
            else:
                tomllib.loads(text)
        except Exception as error:
            return f"wrong: {type(error).__name__} {error}"
        return "right"

    """
}
