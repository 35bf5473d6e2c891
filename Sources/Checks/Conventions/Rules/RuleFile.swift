import Formats
import Platform
import SystemPackage

/// A file of `lint-rules`: one family of rules.
enum RuleFile {
  /// - Parameters:
  ///   - name: of the file, for messages.
  ///   - withExamples: whether the examples are read too, which only their test needs.
  ///   - isShipped: whether it comes with the program, and was tried before.
  /// - Throws: ``Failure`` with the place of what is wrong.
  static func rules(
    parsing bytes: [UInt8], name: String, withExamples: Bool, isShipped: Bool = false
  ) throws -> [Rule] {
    do {
      guard let root = try YAMLNode(parsing: bytes) else { return [] }
      let fields = try RuleFields(root, "a rule file", known: ["version", "family", "rules"])
      guard try fields.int("version") == 1 else {
        throw (fields["version"] ?? root).failure("`version` is 1, the only one that there is")
      }
      let family = try fields.required("family", of: "a rule file")
      guard let list = fields["rules"] else { return [] }
      guard let items = list.items else { throw list.failure("`rules` is a list") }
      var rules: [Rule] = []
      for item in items {
        rules.append(
          try Rule(
            item, family: family, file: name, withExamples: withExamples, isShipped: isShipped))
      }
      return rules
    } catch let error as ParseFailure {
      throw error.failure(in: name)
    }
  }
}

extension Rule {
  private static let keys = [
    "id", "codes", "severity", "level", "applies", "kind", "match", "where", "message",
    "message-ko", "messages", "messages-ko", "fix", "docs", "options", "examples",
  ]

  private enum Kind: String, CaseIterable {
    case python, text, layout, notebook, secret, yaml, json, toml, swift, commit, command, project
  }

  fileprivate init(
    _ node: YAMLNode, family: String, file: String, withExamples: Bool, isShipped: Bool
  ) throws(ParseFailure) {
    let fields = try RuleFields(node, "a rule", known: Self.keys)
    id = try fields.required("id", of: "a rule")
    let letters = id.utf8.allSatisfy { byte in
      byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x2D || byte == 0x2E
    }
    guard letters, id.contains("."), !id.hasPrefix("."), !id.hasSuffix(".") else {
      throw fields["id"]!.failure("an id is dotted, in small letters: `ml.global-seed`")
    }
    self.family = family
    codes = try fields.texts("codes") ?? []
    severity = try fields.choice("severity", Severity.self) ?? .warning
    levels = []
    for name in try fields.texts("level") ?? ["recommended", "strict", "research"] {
      guard name == "off" || Level(rawValue: name) != nil else {
        throw fields["level"]!.failure(
          "`\(name)` is no level", hint: "known: off, recommended, strict, research")
      }
      levels += Level(rawValue: name).map { [$0] } ?? []
    }
    messages = try RuleMessages(fields)
    docs = try fields.text("docs") ?? ""
    options = try RuleOptions(fields["options"])
    location = node.place(file)
    scope = try RuleScope(fields["applies"])
    examples = withExamples ? try RuleExamples(fields["examples"], file: file) : RuleExamples()
    guard let kind = try fields.choice("kind", Kind.self) else {
      throw node.failure("a rule needs `kind`")
    }
    guard let match = fields["match"] else { throw node.failure("a rule needs `match`") }
    switch kind {
    case .python:
      if scope.languages.isEmpty { scope.languages = [.python, .notebook] }
      if let name = match.pairs?.first(where: { $0.key.text == "check" })?.value {
        _ = try RuleFields(match, "`match`", known: ["check"])
        guard let check = name.text.flatMap({ PythonChecks.named[$0] }) else {
          throw name.failure(
            "there is no check called `\(name.text ?? "")`",
            hint: "known: " + PythonChecks.named.keys.sorted().joined(separator: ", "))
        }
        _ = try check.init(options)
        matcher = .pythonCheck(check)
      } else {
        var query = try PythonQuery(match)
        if let place = fields["where"] { query = .all([query, .inside(try PythonQuery(place))]) }
        matcher = .pythonQuery(query, fix: try PythonFix(fields["fix"]))
      }
    case .text, .swift:
      if kind == .swift { scope.languages = [.swift] }
      if match.pairs?.contains(where: { $0.key.text == "check" }) == true {
        matcher = .file(try TextCheck(match))
      } else {
        matcher = .text(try TextMatcher(match))
      }
    case .secret: matcher = .file(try SecretCheck(match, isShipped: isShipped))
    case .commit: matcher = .commit(try CommitMatcher(match))
    default:
      if kind == .notebook { scope.languages = [.notebook] }
      // Paths that a rule names are of its kind, whatever they are called.
      if scope.languages.isEmpty, !scope.hasPaths,
        let language = [Kind.yaml: Language.yaml, .json: .json, .toml: .toml][kind]
      {
        scope.languages = [language]
      }
      if let reader = ProjectChecks.readers[kind.rawValue] {
        matcher = .project(try reader(match, options, scope))
        return
      }
      guard let reader = FileChecks.readers[kind.rawValue] else {
        throw fields["kind"]!.failure("rules of the kind `\(kind.rawValue)` are not known yet")
      }
      matcher = .file(try reader(match, options))
    }
  }
}
