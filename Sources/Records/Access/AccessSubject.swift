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
  /// A prompt, which stands among the registered models and is told apart by a tag.
  package static func prompt(_ name: String) -> Self { Self("prompt", name) }
  package static let runs = Self("run")
  package static let traces = Self("trace")
  package static let loggedModels = Self("logged_model")
  package static let modelVersions = Self("registered_model_version")
  package static let promptVersions = Self("prompt_version")
  package static let workspace = Self("workspace")

  /// All that goes when an experiment goes.
  package static let belowExperiment =
    [runs, traces, loggedModels]
    + ["assessment", "review_queue", "scorer", "scorer_version"].map { Self($0) }

  /// Kinds of which who manages one thing may grant it: a prompt is granted by administrators.
  package static let delegatedKinds = singleKinds.subtracting(["prompt"])
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
