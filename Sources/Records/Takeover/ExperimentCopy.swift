/// An experiment that was made elsewhere, as it is to stand here.
package struct ExperimentCopy: Sendable, Hashable {
  package var name: String
  /// Where its artifacts are kept; nil when that is beside the database.
  package var artifactLocation: String?
  package var lifecycle: Lifecycle
  /// Milliseconds since 1970; nil when the other side does not know.
  package var created: Int64?
  package var updated: Int64?
  package var tags: [Tag]

  package init(
    name: String, artifactLocation: String? = nil, lifecycle: Lifecycle = .active,
    created: Int64? = nil, updated: Int64? = nil, tags: [Tag] = []
  ) {
    self.name = name
    self.artifactLocation = artifactLocation
    self.lifecycle = lifecycle
    self.created = created
    self.updated = updated
    self.tags = tags
  }
}
