import Formats
import Git
import Platform
import SystemPackage

/// What a project says about its conventions: `conventions:` in `reprise.yml`, and what other tools' files say.
package struct ConventionSettings: Sendable {
  package var level = Rule.Level.recommended
  package var failsOn = Severity.error
  /// Whether what hooks of `.pre-commit-config.yaml` change is staged without being asked for.
  package var fixesHooks = false
  /// Paths that are not looked at, as `.gitignore` has them.
  package var exclude: [String] = []
  /// Names of rules and codes; all when empty.
  package var select: [String] = []
  package var ignore: [String] = []
  /// For some files only; the last one that says something of a rule counts.
  package var overrides: [Override] = []
  package var changes: [Change] = []
  /// Stands for all files that it was read from.
  package var digest = ""
  /// What ruff, black and isort are told.
  package var tools = ToolSettings()
  package var allowedSecrets = SecretAllowList()

  /// What is said of one rule.
  package struct Change: Sendable {
    var name: String
    /// Nil when only options are changed; `.some(nil)` for off.
    var severity: Severity??
    var options: [YAMLNode.Pair] = []
    var location: SourceLocation
  }

  package struct Override: Sendable {
    var paths: PathPatterns
    var changes: [Change] = []
    var ignore: [String] = []
  }

  package init() {}

  /// Reads what a project says; nothing when it has no `reprise.yml`.
  ///
  /// - Throws: ``Failure`` with the place of what is wrong.
  package init(of project: FilePath) throws {
    digest = try Self.digest(of: project)
    tools = try ToolSettings(of: project)
    exclude = tools.exclude
    allowedSecrets = try SecretAllowList(of: project)
    try read(project.appending("reprise.yml"), shown: "reprise.yml")
  }

  private static func digest(of project: FilePath) throws -> String {
    var hash = SHA256()
    for name in ["reprise.yml", SecretAllowList.file.string] + ToolSettings.files {
      let file = project.pushing(FilePath(name))
      hash.update(Array("\n\(name)\n".utf8))
      if FileSystem.isFile(file) { hash.update(try FileSystem.read(file, limit: 1 << 24)) }
    }
    return hash.finish().hex
  }

  private mutating func read(_ file: FilePath, shown: String) throws {
    guard FileSystem.isFile(file) else { return }
    do {
      guard let root = try YAMLNode(parsing: FileSystem.read(file, limit: 1 << 24)),
        let node = root.pairs?.first(where: { $0.key.text == "conventions" })?.value
      else { return }
      try read(node, shown)
    } catch let error as ParseFailure {
      throw error.failure(in: shown)
    }
  }

  mutating func read(_ node: YAMLNode, _ file: String) throws(ParseFailure) {
    let fields = try RuleFields(
      node, "`conventions`",
      known: [
        "extends", "rules", "overrides", "exclude", "select", "ignore", "fail-on", "fix-hooks",
      ])
    level = try fields.choice("extends", Rule.Level.self) ?? level
    failsOn = try fields.choice("fail-on", Severity.self) ?? failsOn
    fixesHooks = try fields.bool("fix-hooks") ?? fixesHooks
    exclude += try fields.texts("exclude") ?? []
    select = try fields.texts("select") ?? select
    ignore += try fields.texts("ignore") ?? []
    changes += try Self.changes(fields["rules"], file)
    for item in fields["overrides"]?.items ?? [] {
      let own = try RuleFields(item, "an override", known: ["paths", "rules", "ignore"])
      overrides.append(
        Override(
          paths: PathPatterns(try own.texts("paths") ?? []),
          changes: try Self.changes(own["rules"], file), ignore: try own.texts("ignore") ?? []))
    }
  }

  private static func changes(_ node: YAMLNode?, _ file: String) throws(ParseFailure) -> [Change] {
    guard let node else { return [] }
    guard let pairs = node.pairs else { throw node.failure("`rules` names rules") }
    var changes: [Change] = []
    for pair in pairs {
      guard let name = pair.key.text else { throw pair.key.failure("a rule's name is a text") }
      var change = Change(name: name, location: pair.key.place(file))
      if let options = pair.value.pairs {
        change.options = options.filter { $0.key.text != "severity" }
        if let own = options.first(where: { $0.key.text == "severity" })?.value {
          change.severity = .some(try severity(own))
        }
      } else {
        change.severity = .some(try severity(pair.value))
      }
      changes.append(change)
    }
    return changes
  }

  private static func severity(_ node: YAMLNode) throws(ParseFailure) -> Severity? {
    // YAML 1.1 reads `off` as false, and so do people.
    if ["off", "false", "no"].contains(node.text?.lowercased()) { return nil }
    guard let severity = node.text.flatMap(Severity.init(rawValue:)) else {
      throw node.failure("a rule is `off`, `info`, `warning` or `error`, or has options")
    }
    return severity
  }
}
