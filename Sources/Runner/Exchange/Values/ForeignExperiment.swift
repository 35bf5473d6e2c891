import Records

/// An experiment on the other side of an import or export.
package struct ForeignExperiment: Sendable, Hashable {
  /// As the other side calls it; it need not be a number.
  package var id: String
  package var copy: ExperimentCopy

  package init(id: String, copy: ExperimentCopy) {
    self.id = id
    self.copy = copy
  }
}
