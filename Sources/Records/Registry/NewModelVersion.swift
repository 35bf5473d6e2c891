/// What a version is made from.
package struct NewModelVersion: Sendable, Hashable {
  /// The name of the registered model.
  package var model: String
  /// Where the files are: a path, or a URI such as `runs:/ID/model`, `models:/m-ID`, `models:/name/3`, `s3://…`.
  package var source: String
  /// The run whose artifacts the source is in; nil when nothing was said.
  package var runID: String?
  package var runLink: String?
  package var description: String?
  /// The logged model whose artifacts the source is in; nil when nothing was said.
  package var loggedModel: String?
  package var tags: [Tag]

  package init(
    model: String, source: String, runID: String? = nil, runLink: String? = nil,
    description: String? = nil, loggedModel: String? = nil, tags: [Tag] = []
  ) {
    self.model = model
    self.source = source
    self.runID = runID
    self.runLink = runLink
    self.description = description
    self.loggedModel = loggedModel
    self.tags = tags
  }
}
