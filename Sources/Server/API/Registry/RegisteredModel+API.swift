import Formats
import Records

extension RegisteredModel {
  /// The model as the API shows it.
  var api: JSONValue {
    var json = JSONMembers()
    json.add("name", name)
    json.add("creation_timestamp", created)
    json.add("last_updated_timestamp", updated)
    json.add("description", description.flatMap { $0.isEmpty ? nil : $0 })
    json.add("latest_versions", latestVersions.map(\.api))
    json.add("tags", tags.map(\.api))
    json.add(
      "aliases", aliases.map { ["alias": .string($0.name), "version": .string("\($0.version)")] })
    return json.value
  }
}

extension ModelVersion {
  /// The version as the API shows it.
  var api: JSONValue {
    var json = JSONMembers()
    json.add("name", model)
    json.add("version", "\(number)")
    json.add("creation_timestamp", created)
    json.add("last_updated_timestamp", updated)
    json.add("user_id", user)
    json.add("current_stage", stage.rawValue)
    json.add("description", description)
    json.add("source", source)
    json.add("run_id", runID)
    json.add("status", "READY")
    json.add("tags", tags.map(\.api))
    json.add("run_link", runLink)
    json.add("aliases", aliases.map { .string($0) })
    return json.value
  }
}

extension RegistryPage {
  /// The page as an answer.
  func api(_ name: String, _ item: (Item) -> JSONValue) -> JSONValue {
    var json = JSONMembers()
    json.add(name, items.map(item))
    json.add("next_page_token", next.map { PageToken.text(offset: $0) })
    return json.value
  }
}
