/// Data that a run read, as MLflow clients describe it (`mlflow.log_input`).
package struct DatasetInput: Sendable, Hashable {
  package var name: String
  package var digest: String
  package var sourceType: String
  package var source: String
  package var schema: String?
  package var profile: String?
  /// Notes on this use of the data; `mlflow.data.context` says what for.
  package var tags: [Tag]

  package init(
    name: String, digest: String, sourceType: String, source: String, schema: String? = nil,
    profile: String? = nil, tags: [Tag] = []
  ) {
    self.name = name
    self.digest = digest
    self.sourceType = sourceType
    self.source = source
    self.schema = schema
    self.profile = profile
    self.tags = tags
  }
}
