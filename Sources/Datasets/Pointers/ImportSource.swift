import Formats
import Platform

/// Where an imported path came from.
package struct ImportSource: Sendable, Hashable {
  package var path: String
  /// The git repository, as it was typed; nil for `import-url`.
  package var repository: String?
  /// The branch, tag or commit that was asked for.
  package var revision: String?
  /// The commit that was taken.
  package var lockedCommit: String?

  init(path: String, repository: String?, revision: String?, lockedCommit: String?) {
    self.path = path
    self.repository = repository
    self.revision = revision
    self.lockedCommit = lockedCommit
  }

  init?(_ node: YAMLNode) throws(ParseFailure) {
    func field(_ name: String, of node: YAMLNode?) -> YAMLNode? {
      node?.pairs?.first { $0.key.text == name }?.value
    }
    guard let path = field("path", of: node)?.text else { return nil }
    self.path = path
    let repo = field("repo", of: node)
    repository = field("url", of: repo)?.text
    revision = field("rev", of: repo)?.text
    lockedCommit = field("rev_lock", of: repo)?.text
  }
}
