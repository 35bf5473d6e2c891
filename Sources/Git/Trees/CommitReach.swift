/// Who can still get at a commit, and how much of it is there.
package struct CommitReach: Sendable, Hashable {
  /// Whether the commit is in the repository at all; when not, the rest says no.
  package var isThere: Bool
  /// Whether a branch leads to it.
  package var isOnBranch: Bool
  package var isTagged: Bool
  /// Whether a branch of a remote leads to it, as it was last fetched or pushed: others can get it then.
  package var isPushed: Bool
  /// Whether the history that led to it is cut off, as in a shallow clone.
  package var isCut: Bool
  /// How many files and folders of it are not there, as in a partial clone; submodules do not count.
  package var missing: Int

  /// Whether git keeps it: nothing that it cleans up can take it away.
  package var isKept: Bool { isOnBranch || isTagged || isPushed }

  package init(
    isThere: Bool, isOnBranch: Bool = false, isTagged: Bool = false, isPushed: Bool = false,
    isCut: Bool = false, missing: Int = 0
  ) {
    self.isThere = isThere
    self.isOnBranch = isOnBranch
    self.isTagged = isTagged
    self.isPushed = isPushed
    self.isCut = isCut
    self.missing = missing
  }
}
