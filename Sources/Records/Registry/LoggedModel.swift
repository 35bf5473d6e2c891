/// A model that a run logged, with files of its own: what MLflow 3's `log_model` makes.
package struct LoggedModel: Sendable, Hashable {
  /// `m-` and 32 hexadecimal digits.
  package var id: String
  package var experiment: ExperimentID
  package var name: String
  /// Milliseconds since 1970.
  package var created: Int64
  /// Milliseconds since 1970.
  package var updated: Int64
  package var status: LoggedModelStatus
  package var statusMessage: String?
  /// Where its files are; `mlflow-artifacts:/…` for those beside the database.
  package var artifactURI: String
  package var modelType: String?
  /// The id of the run that logged it, as it was given.
  package var sourceRun: String?
  package var isDeleted: Bool
  /// In the order of their keys.
  package var tags: [Tag]
  /// In the order of their keys.
  package var params: [Param]
  /// In the order of their keys, times and steps.
  package var metrics: [LoggedModelMetric]

  package init(
    id: String, experiment: ExperimentID, name: String, created: Int64, updated: Int64,
    status: LoggedModelStatus, statusMessage: String? = nil, artifactURI: String,
    modelType: String? = nil, sourceRun: String? = nil, isDeleted: Bool = false, tags: [Tag] = [],
    params: [Param] = [], metrics: [LoggedModelMetric] = []
  ) {
    self.id = id
    self.experiment = experiment
    self.name = name
    self.created = created
    self.updated = updated
    self.status = status
    self.statusMessage = statusMessage
    self.artifactURI = artifactURI
    self.modelType = modelType
    self.sourceRun = sourceRun
    self.isDeleted = isDeleted
    self.tags = tags
    self.params = params
    self.metrics = metrics
  }
}
