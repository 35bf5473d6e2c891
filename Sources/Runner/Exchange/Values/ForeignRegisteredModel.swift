import Records

/// A registered model on the other side of an import or export, with its versions.
package struct ForeignRegisteredModel: Sendable, Hashable {
  package var model: RegisteredModel
  /// In the order of their numbers, without those that were deleted.
  package var versions: [ModelVersion]
  /// The highest number that was ever given, as far as the other side knows.
  package var lastVersion: Int64

  package init(model: RegisteredModel, versions: [ModelVersion], lastVersion: Int64) {
    self.model = model
    self.versions = versions
    self.lastVersion = lastVersion
  }
}
