import Patterns
import Platform

/// How one kind of secret is recognised.
package struct SecretRule: Sendable {
  /// Dotted: `secret.github-token`.
  package var id: String
  /// What it looks like. The secret itself is the group `secret`, else the first group that took part, else the
  /// whole match.
  package var pattern: Pattern
  /// The pattern is tried only where one of these stands near.
  package var keywords: [Keyword]
  /// How far before a keyword, and behind its beginning, a match may reach, in bytes.
  package var before = 120
  package var after = 400
  package var entropy: SecretEntropy?
  package var checksum: SecretChecksum?
  package var shape: SecretShape?
  package var allowance = SecretAllowance()
  /// Ends of the names of the files that it is for, such as `.env`; all files when empty.
  package var suffixes: [String] = []
  /// Whether it gives way to a rule that knows the secret by its form.
  package var isGeneric = false

  package init(id: String, pattern: Pattern, keywords: [Keyword]) {
    self.id = id
    self.pattern = pattern
    self.keywords = keywords
  }

  /// The secret in a match.
  func secret(in match: PatternMatch) -> Range<Int> {
    match["secret"] ?? match.groups.dropFirst().lazy.compactMap(\.self).first ?? match.range
  }

  /// Whether a file is one that the rule is for.
  func isFor(_ path: String) -> Bool {
    if suffixes.isEmpty { return true }
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    return suffixes.contains { name.hasSuffix($0) || name.hasPrefix($0 + ".") }
  }
}
