import SystemPackage

/// Who listens to a trainer. Calls come from one task, in order, and must not take long.
package protocol TrainingObserver: Sendable {
  /// What it works with, those parameters too that nobody gave; told once, before the training.
  func parameters(_ effective: [(name: String, value: String)])
  /// A number to record, such as `loss` of iteration 12. Steps of a name never go back.
  func metric(_ name: String, _ value: Double, step: Int64)
  /// How far it is; called more often than a person can read.
  func progress(_ progress: TrainingProgress)
  /// Something a person should know about the data or the training; one sentence as in an error,
  /// lower case, no full stop.
  func note(_ text: String)
  /// A file that is whole now, such as a checkpoint or a picture; `name` is its path in the record,
  /// such as `checkpoints/step-938.safetensors`. Models are named in the result instead.
  func artifact(_ file: FilePath, as name: String)
}

extension TrainingObserver {
  package func parameters(_ effective: [(name: String, value: String)]) {}
}
