/// One version of a registered model: where its files are and where they came from.
package struct ModelVersion: Sendable, Hashable {
  /// The name of the registered model.
  package var model: String
  /// From 1; never given twice, also when versions are deleted.
  package var number: Int64
  /// Milliseconds since 1970.
  package var created: Int64
  /// Milliseconds since 1970.
  package var updated: Int64
  package var description: String?
  package var user: String?
  package var stage: ModelStage
  /// The URI that it was registered from.
  package var source: String
  /// Where its files are, when the source is a `models:/` URI: `mlflow-artifacts:/…` for those beside the database.
  package var storage: String?
  /// The id of the run that made it, as it was given.
  package var runID: String?
  package var runLink: String?
  /// The id of the logged model that was registered.
  package var loggedModel: String?
  /// In the order of their keys.
  package var tags: [Tag]
  /// In the order of their names; not loaded by a search.
  package var aliases: [String]

  package init(
    model: String, number: Int64, created: Int64, updated: Int64, description: String? = nil,
    user: String? = nil, stage: ModelStage = .none, source: String, storage: String? = nil,
    runID: String? = nil, runLink: String? = nil, loggedModel: String? = nil, tags: [Tag] = [],
    aliases: [String] = []
  ) {
    self.model = model
    self.number = number
    self.created = created
    self.updated = updated
    self.description = description
    self.user = user
    self.stage = stage
    self.source = source
    self.storage = storage
    self.runID = runID
    self.runLink = runLink
    self.loggedModel = loggedModel
    self.tags = tags
    self.aliases = aliases
  }

  /// Where its files are to be fetched from.
  package var downloadURI: String { storage.flatMap { $0.isEmpty ? nil : $0 } ?? source }
}
