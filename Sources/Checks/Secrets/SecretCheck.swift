import Formats
import Platform

/// A rule of the kind `secret`. It finds its own secrets; many rules are faster, and settle between them who speaks, in one
/// ``SecretScanner`` of all their ``rule``s.
package struct SecretCheck: FileCheck {
  /// The rule, whose id is only known to the ``Rule`` that it is the match of.
  package let rule: SecretRule

  /// - Parameter isShipped: whether its patterns are known to be right.
  init(_ node: YAMLNode, isShipped: Bool) throws(ParseFailure) {
    rule = try SecretRule(node, id: "secret", isShipped: isShipped)
  }

  package func run(_ file: CheckedFile, _ report: (FileFinding) -> Void) {
    for match in SecretSession(SecretScanner([rule]), file.matchers).scan(
      file.bytes, path: file.path)
    {
      report(match.finding)
    }
  }
}

extension SecretMatch {
  /// The finding, whose message may name `{secret}`: masked.
  package var finding: FileFinding { FileFinding(nil, range, ["secret": masked]) }
}

extension SecretScanner {
  /// All rules of the kind `secret` among some rules, in their order; others are left out.
  package init(of rules: some Sequence<Rule>) {
    self.init(
      rules.compactMap { rule in
        guard case .file(let check) = rule.matcher, let check = check as? SecretCheck else {
          return nil
        }
        var own = check.rule
        own.id = rule.id
        return own
      })
  }
}
