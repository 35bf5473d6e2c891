/// A note on a run or an experiment, by name. A tag can be set again.
package struct Tag: Sendable, Hashable {
  package var key: String
  package var value: String

  package init(_ key: String, _ value: String) {
    self.key = key
    self.value = value
  }
}

extension Tag {
  /// The key whose value is the run's name, as MLflow keeps it.
  package static let runName = "mlflow.runName"
}
