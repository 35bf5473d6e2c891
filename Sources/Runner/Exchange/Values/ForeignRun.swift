import Records

/// A run on the other side of an import or export.
package struct ForeignRun: Sendable, Hashable {
  /// The id of its experiment over there.
  package var experiment: String
  /// What is recorded of it; its ``RunCopy/artifactURI`` is the one over there.
  package var copy: RunCopy

  package init(experiment: String, copy: RunCopy) {
    self.experiment = experiment
    self.copy = copy
  }
}
