/// What a grant is for: a kind of things, and one of them by its id or name, or all of them (`*`).
package struct AccessSubject: Sendable, Hashable {
  /// As MLflow spells it: `experiment`, `registered_model`, `run`, …
  package var kind: String
  package var id: String

  package init(_ kind: String, _ id: String = "*") {
    self.kind = kind
    self.id = id
  }

  package static func experiment(_ id: String) -> Self { Self("experiment", id) }
  package static func model(_ name: String) -> Self { Self("registered_model", name) }
  package static let runs = Self("run")
  package static let loggedModels = Self("logged_model")
  package static let modelVersions = Self("registered_model_version")
  package static let workspace = Self("workspace")

  /// Kinds whose things can be named one by one.
  package static let singleKinds: Set<String> = [
    "experiment", "registered_model", "prompt", "scorer", "gateway_secret", "gateway_endpoint",
    "gateway_model_definition", "mcp_server",
  ]
  /// Kinds of which only all are granted: what stands below one of the others.
  static let tierKinds: Set<String> = [
    "run", "trace", "assessment", "logged_model", "review_queue", "registered_model_version",
    "prompt_version", "scorer_version", "mcp_server_version",
  ]
  static let kinds = singleKinds.union(tierKinds).union(["workspace"])

  /// Whether a grant on this subject speaks about another.
  func covers(_ other: AccessSubject) -> Bool {
    kind == other.kind && (id == "*" || id == other.id)
  }
}
