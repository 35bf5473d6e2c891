import Patterns

/// What looks like a secret and is none.
package struct SecretAllowance: Sendable {
  /// Of the secret itself.
  package var secrets: [Pattern] = []
  /// Of the whole match, with the whole of the name that it begins in.
  package var contexts: [Pattern] = []
  /// Of the file's path.
  package var paths: [Pattern] = []
  /// Texts in the secret, in either case.
  package var stopwords: [String] = []

  package init() {}
}
