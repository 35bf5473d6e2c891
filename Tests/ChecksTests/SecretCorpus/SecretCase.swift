/// A file of the corpus, and the secret in it.
struct SecretCase: Sendable {
  var path: String
  var text: String
  /// Nil for a trap: a file in which nothing must be found.
  var secret: String?
  /// What it is about, for messages.
  var kind: String
}

/// Files with secrets and files with what only looks so, the same in every run. The secrets are made up here, so that no
/// file of the repository holds anything that looks like one.
enum SecretCorpus {
  static let positives: [SecretCase] = SecretPositives.all
  static let traps: [SecretCase] = SecretTraps.all
}
