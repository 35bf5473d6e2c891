/// What a logged model is made from.
package struct NewLoggedModel: Sendable, Hashable {
  package var experiment: ExperimentID
  /// A random one when nil.
  package var name: String?
  package var modelType: String?
  package var sourceRun: String?
  package var params: [Param]
  package var tags: [Tag]

  package init(
    experiment: ExperimentID, name: String? = nil, modelType: String? = nil,
    sourceRun: String? = nil, params: [Param] = [], tags: [Tag] = []
  ) {
    self.experiment = experiment
    self.name = name
    self.modelType = modelType
    self.sourceRun = sourceRun
    self.params = params
    self.tags = tags
  }
}
