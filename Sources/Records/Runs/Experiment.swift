/// A named group of runs.
package struct Experiment: Sendable, Hashable {
  package var id: ExperimentID
  package var name: String
  /// Where artifacts of its runs are kept, each in `<location>/<run id>/artifacts`: a path or a URI.
  package var artifactLocation: String
  /// Whether that is the folder's own place, `artifacts/<id>`, which follows the folder when it is moved.
  package var hasDefaultArtifactLocation: Bool
  package var lifecycle: Lifecycle
  /// Milliseconds since 1970.
  package var created: Int64
  /// Milliseconds since 1970.
  package var updated: Int64
  /// In the order of their keys.
  package var tags: [Tag]
}
