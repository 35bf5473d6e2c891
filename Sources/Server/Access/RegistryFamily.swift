import Formats
import Records

/// Registered models and prompts stand in one registry, told apart by a tag; each family has grants of its own.
enum RegistryFamily: Sendable, CaseIterable {
  case models
  case prompts

  init(isPrompt: Bool) { self = isPrompt ? .prompts : .models }

  /// The family of a model or a version as the API shows it, or as a request makes it.
  init(of json: JSONValue) { self.init(isPrompt: Self.isPrompt(json["tags"]) ?? false) }

  func container(_ name: String) -> AccessSubject {
    switch self {
    case .models: .model(name)
    case .prompts: .prompt(name)
    }
  }

  var versions: AccessSubject {
    switch self {
    case .models: .modelVersions
    case .prompts: .promptVersions
    }
  }

  /// What the tags of something say; nil when they say nothing.
  static func isPrompt(_ tags: JSONValue?) -> Bool? {
    let marks = (tags?.array ?? []).filter { $0["key"]?.string == Tag.isPrompt }
    return marks.last.map { $0["value"]?.string?.lowercased() == "true" }
  }
}
