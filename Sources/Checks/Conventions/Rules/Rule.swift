import Platform

/// One convention, as a file of `lint-rules` says it.
package struct Rule: Sendable {
  /// Dotted, and never used for another: `ml.global-seed`.
  package var id: String
  package var family: String
  /// What other tools call its findings: `NPY002`. They are known in `# noqa`, `--select` and `--ignore`.
  package var codes: [String]
  /// How much a finding matters, where the rule is on.
  package var severity: Severity
  /// The levels that turn it on.
  package var levels: [Level]
  package var scope: RuleScope
  package var matcher: Matcher
  package var messages: RuleMessages
  /// Why, and how to mend it.
  package var docs: String
  package var options: RuleOptions
  package var examples: RuleExamples
  /// Where it is written.
  package var location: SourceLocation

  /// How many conventions a project wants: `conventions: {extends: recommended}`.
  package enum Level: String, Sendable, CaseIterable {
    /// What nearly everybody agrees on.
    case recommended
    /// Docstrings, hints, complexity too.
    case strict
    /// Notebooks and experiments: what makes results wrong, little of what makes code ugly.
    case research
  }

  /// What is looked at, and for what.
  package enum Matcher: Sendable {
    /// A question about the syntax tree of Python.
    case pythonQuery(PythonQuery, fix: PythonFix?)
    /// What is too much for a question, in Swift, by its name.
    case pythonCheck(any PythonCheck.Type)
    case text(TextMatcher)
    case commit(CommitMatcher)
    case project(any ProjectCheck)
    /// The rules of a kind whose reader is elsewhere: by the kind's name.
    case file(any FileCheck)
  }

  /// Whether another program looks, which may not be here: its rules have no examples.
  package var isDelegated: Bool {
    if case .project(let check) = matcher { check is CommandCheck } else { false }
  }

  /// Whether a name in `# noqa`, `--select` or `--ignore` means this rule: its id, a dotted beginning of it, a code or the
  /// beginning of one (`E2`).
  package func isNamed(_ name: String) -> Bool {
    if name == "ALL" || id == name || id.hasPrefix(name + ".") { return true }
    return codes.contains { Rule.code($0, isNamed: name) }
  }

  static func code(_ code: String, isNamed name: String) -> Bool {
    guard code.hasPrefix(name) else { return false }
    // `E` names E501, and not ERA001; a code's letters are named whole.
    let letters = code.prefix { $0.isLetter }
    return name.count >= letters.count
  }
}
