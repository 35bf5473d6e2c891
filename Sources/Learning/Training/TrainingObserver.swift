import SystemPackage

/// Who listens to a trainer. Calls come from one task, in order, and must not take long.
package protocol TrainingObserver: Sendable {
  /// A number to record, such as `loss` of iteration 12. Steps of a name never go back.
  func metric(_ name: String, _ value: Double, step: Int64)
  /// How far it is; called more often than a person can read.
  func progress(_ progress: TrainingProgress)
  /// Something a person should know about the data or the training; one sentence as in an error,
  /// lower case, no full stop.
  func note(_ text: String)
  /// A file that is whole now, such as a checkpoint or a picture; `name` is its path in the record,
  /// such as `checkpoints/epoch-3.safetensors`. Models are named in the result instead.
  func artifact(_ file: FilePath, as name: String)
}

/// How far a trainer is in one of its phases.
package struct TrainingProgress: Sendable, Hashable {
  /// What it is doing, as a noun: `reading`, `training`.
  package var phase: String
  package var completed: Int64
  /// nil when the end is not known. An upper bound, when training may stop early.
  package var total: Int64?
  /// What is counted, in the plural: `iterations`, `rounds`.
  package var unit: String

  package init(_ phase: String, _ completed: Int64 = 0, of total: Int64? = nil, unit: String = "") {
    self.phase = phase
    self.completed = completed
    self.total = total
    self.unit = unit
  }
}

/// Listens to nothing.
package struct SilentObserver: TrainingObserver {
  package init() {}
  package func metric(_ name: String, _ value: Double, step: Int64) {}
  package func progress(_ progress: TrainingProgress) {}
  package func note(_ text: String) {}
  package func artifact(_ file: FilePath, as name: String) {}
}
