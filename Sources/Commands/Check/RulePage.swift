import Checks
import Platform

/// All about one rule, as a person reads it.
enum RulePage {
  static func text(_ rule: Rule, _ console: Console, _ language: MessageLanguage) -> String {
    var text = console.styled(rule.id, .bold)
    if !rule.codes.isEmpty { text += "  " + rule.codes.joined(separator: " ") }
    text += "\n\n" + rule.docs.trimmedLines()
    let levels = rule.levels.map(\.rawValue).joined(separator: ", ")
    text += "\n\n"
    text += aligned([
      (name: "severity", value: rule.severity.rawValue),
      (name: "on at", value: levels.isEmpty ? "no level; turn it on in reprise.yml" : levels),
      (name: "written in", value: rule.location.description),
      (name: "turn off", value: "conventions: {rules: {\(rule.id): off}}"),
      (name: "allow once", value: "# reprise: allow \(rule.id) REASON"),
    ])
    return text
  }
}

extension String {
  fileprivate func trimmedLines() -> String {
    var lines = split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
}
