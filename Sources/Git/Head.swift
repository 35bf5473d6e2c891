/// What HEAD points at.
package struct Head: Sendable, Hashable {
  /// 40 hexadecimal digits; nil in a repository without a commit.
  package var commit: String?
  /// The short name, as `main`; nil when HEAD is detached.
  package var branch: String?

  package init(commit: String?, branch: String?) {
    self.commit = commit
    self.branch = branch
  }
}
