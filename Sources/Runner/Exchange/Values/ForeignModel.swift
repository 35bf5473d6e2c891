import Records

/// A logged model on the other side of an import or export.
package struct ForeignModel: Sendable, Hashable {
  /// The id of its experiment over there; that of ``model`` means nothing.
  package var experiment: String
  package var model: LoggedModel

  package init(experiment: String, model: LoggedModel) {
    self.experiment = experiment
    self.model = model
  }
}
