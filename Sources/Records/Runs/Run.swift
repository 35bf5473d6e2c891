import Formats

/// One execution, as it is recorded.
package struct Run: Sendable, Hashable {
  package var id: RunID
  package var experiment: ExperimentID
  package var name: String
  package var user: String
  package var host: String
  package var status: RunStatus
  /// Milliseconds since 1970.
  package var startTime: Int64
  /// Milliseconds since 1970; nil until the run ends.
  package var endTime: Int64?
  /// When the run was deleted, in milliseconds since 1970; nil while it is active.
  package var deletedTime: Int64?
  /// Where the run's artifacts are kept: a path or a URI.
  package var artifactURI: String
  package var command: String?
  package var entryPoint: String?
  package var sourceName: String?
  package var exitCode: Int?
  /// The signal that ended the child, when one did.
  package var signal: Int?
  /// User and system time of the child and its descendants.
  package var cpuSeconds: Double?
  /// The largest resident set of the child, in bytes.
  package var peakMemory: Int64?
  /// In the order of their keys.
  package var params: [Param]
  /// The latest value of each metric, in the order of the keys.
  package var metrics: [Metric]
  /// In the order of their keys.
  package var tags: [Tag]
  package var inputs: [RecordedFile]
  package var outputs: [RecordedFile]
  /// What was read, as MLflow's clients describe it; loaded by a search only when it asks for it.
  package var datasets: [DatasetInput] = []
  /// The ids of the logged models that were read; loaded as ``datasets``.
  package var modelInputs: [String] = []
  /// The logged models that were made; loaded as ``datasets``.
  package var modelOutputs: [ModelUse] = []
  /// Which versions of data were read and written; not loaded by a search.
  package var data: [RecordedVersion] = []
  /// What the run's environment was; not loaded by a search.
  package var environment: JSONValue?
  /// The process that records the run.
  package var owner: Owner?
  /// The leader of the child's process group.
  package var child: Owner?

  package var lifecycle: Lifecycle { deletedTime == nil ? .active : .deleted }

  package func param(_ key: String) -> Param? { params.first { $0.key == key } }
  package func metric(_ key: String) -> Metric? { metrics.first { $0.key == key } }
  package func tag(_ key: String) -> String? { tags.first { $0.key == key }?.value }
}
