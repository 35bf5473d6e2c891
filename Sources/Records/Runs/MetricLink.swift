/// The logged model that a metric of a run measures, and on which data.
package struct MetricLink: Sendable, Hashable {
  package var model: String
  package var datasetName: String?
  package var datasetDigest: String?

  package init(model: String, datasetName: String? = nil, datasetDigest: String? = nil) {
    self.model = model
    self.datasetName = datasetName
    self.datasetDigest = datasetDigest
  }
}
