/// A name in the model registry, under which versions of a model stand.
package struct RegisteredModel: Sendable, Hashable {
  package var name: String
  /// Milliseconds since 1970.
  package var created: Int64
  /// Milliseconds since 1970.
  package var updated: Int64
  package var description: String?
  /// In the order of their keys.
  package var tags: [Tag]
  /// In the order of their names.
  package var aliases: [ModelAlias]
  /// The newest version of each stage that has one, by their numbers; ``ModelVersion/aliases`` are not filled in.
  package var latestVersions: [ModelVersion]

  package init(
    name: String, created: Int64, updated: Int64, description: String? = nil, tags: [Tag] = [],
    aliases: [ModelAlias] = [], latestVersions: [ModelVersion] = []
  ) {
    self.name = name
    self.created = created
    self.updated = updated
    self.description = description
    self.tags = tags
    self.aliases = aliases
    self.latestVersions = latestVersions
  }
}

extension Tag {
  /// The key that tells prompts, which MLflow keeps among the registered models, from models.
  package static let isPrompt = "mlflow.prompt.is_prompt"
}

extension RegisteredModel {
  /// Whether it is one of MLflow's prompts.
  package var isPrompt: Bool { tags.arePrompt }
}

extension [Tag] {
  /// Whether these are tags of a prompt; when a key stands twice, the last counts.
  package var arePrompt: Bool { last { $0.key == Tag.isPrompt }?.value.lowercased() == "true" }
}
