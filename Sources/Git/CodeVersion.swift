/// A state of the code: a commit, and a patch on top of it that was never committed.
package struct CodeVersion: Sendable, Hashable {
  package var commit: String
  /// As ``WorkTreeChanges/patch``; empty for the commit itself.
  package var patch: [UInt8]

  package init(commit: String, patch: [UInt8] = []) {
    self.commit = commit
    self.patch = patch
  }
}
