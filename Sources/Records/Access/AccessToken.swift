import Platform

/// A word that signs a program in as a user, for a time and for no more than it needs.
package struct AccessToken: Sendable, Hashable {
  package var id: Int64
  package var user: Int64
  package var name: String
  /// The most that it allows, whatever the user may: `READ`, `EDIT` or `MANAGE`; an administrator's rights only with the
  /// last.
  package var scope: AccessLevel
  /// Milliseconds since 1970.
  package var created: Int64
  package var expires: Int64

  /// How tokens begin, so that scanners for secrets know them.
  package static let prefix = "rpt_"

  /// What is stored of a token: it has 256 random bits, so a fast digest is enough.
  static func digest(_ word: String) -> String { SHA256.digest(of: Array(word.utf8)).hex }
}
