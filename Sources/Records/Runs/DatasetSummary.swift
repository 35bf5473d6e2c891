/// A dataset that runs of an experiment read, and what for.
package struct DatasetSummary: Sendable, Hashable {
  package var experiment: ExperimentID
  package var name: String
  package var digest: String
  /// The tag `mlflow.data.context` of a use; nil when a run used it without.
  package var context: String?
}
