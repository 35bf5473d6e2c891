/// A value that a run measured of a logged model.
package struct LoggedModelMetric: Sendable, Hashable {
  package var metric: Metric
  /// The run that measured it.
  package var run: String
  /// The dataset that it was measured on.
  package var datasetName: String?
  package var datasetDigest: String?

  package init(
    metric: Metric, run: String, datasetName: String? = nil, datasetDigest: String? = nil
  ) {
    self.metric = metric
    self.run = run
    self.datasetName = datasetName
    self.datasetDigest = datasetDigest
  }
}
