import Records

/// What MLflow's stores write for a version of a model beside its stage.
enum ForeignStage {
  /// The stage of a version that was deleted; its number stays taken.
  static let deleted = "Deleted_Internal"

  static func stage(_ text: String) -> ModelStage { (try? ModelStage(named: text)) ?? .none }

  /// The logged model that a version was registered from, which MLflow's database keeps in its source only.
  static func loggedModel(_ source: String) -> String? {
    if case .logged(let id)? = ModelURI(source) { id } else { nil }
  }
}
