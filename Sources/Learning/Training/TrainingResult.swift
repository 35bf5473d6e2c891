import Formats
import SystemPackage

/// What a training came to.
package struct TrainingResult: Sendable {
  package var ending: Ending
  /// The models that were written, the main one first.
  package var models: [ModelFile]
  /// Figures of the finished model, in the order to show them: `test_accuracy`, … . Their names are
  /// metrics' names.
  package var metrics: [(name: String, value: Double)]
  package var data: DatasetFacts
  /// More to keep with the record that is no single number, such as the confusion matrix.
  package var details: [String: JSONValue]
  /// How long the phases took, in order.
  package var timings: [(phase: String, time: Duration)]

  /// Why it ended.
  package enum Ending: Sendable, Hashable {
    /// Nothing is to be gained any more.
    case converged
    /// All rounds that were asked for are done.
    case completed
    /// A validation metric stopped getting better; the best round is kept.
    case stoppedEarly(best: Int64)
    /// Cancelled; the models are the best so far.
    case interrupted
  }

  /// A model on disk.
  package struct ModelFile: Sendable, Hashable {
    package var path: FilePath
    /// Of our own, `reprise.model/1`; of others, such as `xgboost.json`, `onnx`.
    package var format: String

    package init(path: FilePath, format: String) {
      self.path = path
      self.format = format
    }
  }

  package init(
    ending: Ending, models: [ModelFile], metrics: [(name: String, value: Double)],
    data: DatasetFacts, details: [String: JSONValue] = [:],
    timings: [(phase: String, time: Duration)] = []
  ) {
    self.ending = ending
    self.models = models
    self.metrics = metrics
    self.data = data
    self.details = details
    self.timings = timings
  }
}
