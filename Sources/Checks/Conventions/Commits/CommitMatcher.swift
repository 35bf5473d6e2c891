import Formats
import Platform

/// A rule about commits: their messages, or the names of branches.
package enum CommitMatcher: String, Sendable, CaseIterable {
  case message, branch

  /// Reads `{check: message}`.
  init(_ node: YAMLNode) throws(ParseFailure) {
    let fields = try RuleFields(node, "`match`", known: ["check"])
    guard let matcher = try fields.choice("check", CommitMatcher.self) else {
      throw node.failure("a rule about commits needs `check`: message or branch")
    }
    self = matcher
  }
}
