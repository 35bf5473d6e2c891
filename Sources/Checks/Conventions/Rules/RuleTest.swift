import Platform

/// Runs the examples of rules: bad ones must be found by the rule and no other way, good ones not, fixed ones become what
/// they say.
package enum RuleTest {
  /// An example that is not as its rule says.
  package struct Problem: Sendable, CustomStringConvertible {
    package var rule: String
    package var location: SourceLocation
    package var message: String

    package var description: String { "\(location): \(rule): \(message)" }
  }

  /// - Parameter names: of rules; all when empty.
  package static func run(_ library: RuleLibrary, names: [String] = []) throws -> [Problem] {
    var problems: [Problem] = []
    for rule in library.rules where names.isEmpty || names.contains(where: rule.isNamed) {
      let selection = try RuleSelection(library, ConventionSettings(), select: [rule.id])
      let checker = FileChecker(selection)
      func add(_ example: RuleExamples.Example, _ message: String) {
        problems.append(Problem(rule: rule.id, location: example.location, message: message))
      }
      if !rule.isDelegated, rule.examples.bad.isEmpty || rule.examples.good.isEmpty {
        problems.append(
          Problem(
            rule: rule.id, location: rule.location, message: "it needs a bad and a good example"))
      }
      let commits = try CommitCheck(selection)
      func findings(_ example: RuleExamples.Example) -> [Finding] {
        switch rule.matcher {
        case .commit(.message):
          commits.findings(message: Array(example.text.utf8), path: "message", isFile: false)
        case .commit(.branch): commits.findings(branch: example.text, isCommitting: true)
        case .project:
          ProjectChecker(selection).findings(
            in: ProjectFiles(example: example.text, path: example.path))
        default: checker.findings(in: rule.file(example))
        }
      }
      for example in rule.examples.bad where findings(example).isEmpty {
        add(example, "the bad example is not found")
      }
      for example in rule.examples.good {
        if let finding = findings(example).first {
          add(example, "the good example is found: \(finding.message)")
        }
      }
      for (example, after) in rule.examples.fixed {
        let file = rule.file(example)
        let result = fixed(file, checker)
        if result != after { add(example, "the fix makes of it: \(result.debugDescription)") }
        let again = CheckedFile(path: file.path, bytes: Array(after.utf8))
        if fixed(again, checker) != after { add(example, "its fixed text is fixed once more") }
      }
    }
    return problems
  }

  private static func fixed(_ file: CheckedFile, _ checker: FileChecker) -> String {
    var bytes = file.bytes
    for _ in 0..<10 {
      let findings = checker.findings(in: CheckedFile(path: file.path, bytes: bytes))
      let (next, count) = Fix.apply(findings.compactMap(\.fix), to: bytes)
      if count == 0 || next == bytes { break }
      bytes = next
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Rule {
  /// An example as a file of the kind that the rule is for.
  fileprivate func file(_ example: RuleExamples.Example) -> CheckedFile {
    let path =
      example.path
      ?? {
        switch scope.languages.first {
        case .notebook?: "example.ipynb"
        case .swift?: "example.swift"
        case .yaml?: "example.yml"
        case .json?: "example.json"
        case .toml?: "example.toml"
        case .python?: "example.py"
        default: "example.txt"
        }
      }()
    return CheckedFile(path: path, bytes: Array(example.text.utf8))
  }
}
