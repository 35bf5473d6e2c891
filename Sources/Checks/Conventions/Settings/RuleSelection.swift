import Formats
import Git
import Platform

/// The rules that are on, and how: the library as a project's settings and the command line change it.
package struct RuleSelection: Sendable {
  /// A rule that is on somewhere.
  struct Active: Sendable {
    var rule: Rule
    var check: (any PythonCheck)?
    /// Codes that are left out everywhere.
    var ignored: Set<String> = []
    /// Whether the settings have it off, and an override may turn it on.
    var isOff = false
  }

  private(set) var active: [Active] = []
  private let overrides: [ConventionSettings.Override]
  let allowedSecrets: SecretAllowList
  package let failsOn: Severity
  package let language: MessageLanguage
  /// The codes of all rules, whether they are on or not.
  let known: Set<String>
  /// What ruff is told to look for; nil when nobody says.
  private let selected: [String]?
  /// Stands for everything that decides what is found.
  package let digest: String

  /// - Parameters:
  ///   - select: names on the command line, which replace the level; the rules that they name are on.
  ///   - ignore: names that are off, whatever else is said.
  /// - Throws: ``Failure`` for a name that is no rule's, and options that have no sense.
  package init(
    _ library: RuleLibrary, _ settings: ConventionSettings, select: [String] = [],
    ignore: [String] = [], language: MessageLanguage = .english
  ) throws {
    overrides = settings.tools.perFile + settings.overrides
    failsOn = settings.failsOn
    allowedSecrets = settings.allowedSecrets
    known = Set(library.rules.flatMap(\.codes))
    selected = settings.tools.select
    self.language = language
    let select = select.isEmpty ? settings.select : select
    let ignored = settings.ignore + ignore
    for name in select + ignore where !library.rules.contains(where: { $0.isNamed(name) }) {
      throw Self.unknown(name, library, nil)
    }
    let overridden = settings.overrides.flatMap(\.changes)
    for change in settings.changes + overridden
    where !library.rules.contains(where: { $0.isNamed(change.name) }) {
      throw Self.unknown(change.name, library, change.location)
    }
    for var rule in library.rules {
      var isOn =
        select.isEmpty
        ? rule.levels.contains(settings.level) : select.contains { rule.isNamed($0) }
      let isNamed = settings.changes.contains { $0.name == rule.id }
      let listens = rule.id.hasPrefix("py.") && select.isEmpty && !isNamed
      rule.options.take(settings.tools, of: rule.id)
      for change in settings.changes where rule.isNamed(change.name) {
        if case .some(let severity) = change.severity {
          if change.name == rule.id || select.isEmpty { isOn = severity != nil }
          rule.severity = severity ?? rule.severity
        }
        do { try rule.options.change(change.options, of: rule.id) } catch {
          throw error.failure(in: change.location.file)
        }
      }
      if ignored.contains(where: { rule.id == $0 || rule.id.hasPrefix($0 + ".") }) { continue }
      guard isOn || overridden.contains(where: { rule.isNamed($0.name) }) else { continue }
      var own = Active(rule: rule, isOff: !isOn)
      own.ignored = Set(
        rule.codes.filter { code in
          ignored.contains { Rule.code(code, isNamed: $0) }
            || listens && settings.tools.leavesOut(code)
            || !select.isEmpty
              && !select.contains {
                $0 == "ALL" || rule.id == $0 || rule.id.hasPrefix($0 + ".")
                  || Rule.code(code, isNamed: $0)
              }
        })
      if !rule.codes.isEmpty, own.ignored.count == rule.codes.count { continue }
      if case .pythonCheck(let type) = rule.matcher {
        do { own.check = try type.init(rule.options) } catch {
          throw error.failure(in: "reprise.yml")
        }
      }
      active.append(own)
    }
    digest = Self.digest(
      [library.digest, settings.digest, language.rawValue] + select + ["-"] + ignore)
  }

  private static func digest(_ parts: [String]) -> String {
    SHA256.digest(of: Array(parts.joined(separator: "\n").utf8)).hex
  }

  private static func unknown(
    _ name: String, _ library: RuleLibrary, _ location: SourceLocation?
  ) -> Failure {
    let names = library.rules.flatMap { [$0.id] + $0.codes }
    return Failure(
      .notFound, "no rule is called `\(name)`",
      hint: nearestName(to: name, among: names).map { "did you mean `\($0)`?" }
        ?? "`reprise rules list` names them all", at: location)
  }

  /// The rules for a file, with their severities there.
  func rules(for file: CheckedFile) -> [Active] {
    let path = Array(file.path.utf8)
    let own = overrides.filter { $0.paths.matches(path) }
    var result: [Active] = []
    result.reserveCapacity(active.count)
    for var rule in active where rule.rule.scope.contains(path, file.language) {
      var isOn = !rule.isOff
      for override in own {
        for change in override.changes where rule.rule.isNamed(change.name) {
          guard case .some(let severity) = change.severity else { continue }
          isOn = severity != nil
          rule.rule.severity = severity ?? rule.rule.severity
        }
        if override.ignore.contains(where: {
          rule.rule.id == $0 || rule.rule.id.hasPrefix($0 + ".")
        }) {
          isOn = false
        }
        for code in rule.rule.codes
        where override.ignore.contains(where: { Rule.code(code, isNamed: $0) }) {
          rule.ignored.insert(code)
        }
      }
      if isOn { result.append(rule) }
    }
    return result
  }
}

extension RuleSelection {
  /// Whether ruff is told to look for a code.
  func isElsewhere(_ code: String) -> Bool {
    selected?.contains { $0 == "ALL" || Rule.code(code, isNamed: $0) } ?? false
  }

  /// Whether a rule is on, for some files at least.
  package func isOn(_ id: String) -> Bool { active.contains { $0.rule.id == id && !$0.isOff } }
}

extension ToolSettings {
  /// Whether ruff is told not to look for a code.
  fileprivate func leavesOut(_ code: String) -> Bool {
    func isIn(_ names: [String]) -> Bool {
      names.contains { $0 == "ALL" || Rule.code(code, isNamed: $0) }
    }
    return select.map { !isIn($0) } ?? false || isIn(ignore)
  }
}

extension RuleOptions {
  /// Takes over what other tools are told of the same thing.
  fileprivate mutating func take(_ tools: ToolSettings, of rule: String) {
    if let length = tools.lineLength {
      set(rule == "py.line-length" ? "max" : "line-length", .int(Int64(length)))
    }
    for (key, names) in [
      ("known-first-party", tools.firstParty), ("known-third-party", tools.thirdParty),
    ] where !names.isEmpty {
      set(key, .array(names.map(JSONValue.string)))
    }
    for (key, value) in tools.options { set(key, value) }
  }
}
