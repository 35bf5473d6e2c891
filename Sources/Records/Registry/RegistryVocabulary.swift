/// What the clauses of a search can look at: the words of MLflow's grammar and the SQL they stand for.
struct RegistryVocabulary: Sendable {
  enum Kind: Sendable, Hashable { case attribute, tag, param, metric }

  /// The words before a point.
  var kinds: [String: Kind]
  /// Attributes that are texts, as SQL.
  var texts: [String: String]
  /// Attributes that are whole numbers, as SQL.
  var numbers: [String: String]
  /// Which attributes IN is for; nil when for all texts.
  var lists: Set<String>?
  /// Whether it is MLflow's other grammar, with words of its own and values without quotes.
  var isOfLoggedModels = false

  /// The words before a point, as MLflow lists them.
  var kindsInWords: String
  /// The attributes, as MLflow lists them.
  var attributesInWords: String

  /// The words of the attributes.
  var attributes: [String] { (Array(texts.keys) + Array(numbers.keys)).sorted() }
}

extension RegistryVocabulary {
  private static let tagKinds: [String: Kind] = [
    "attribute": .attribute, "tag": .tag, "tags": .tag,
  ]
  private static let tagKindsInWords = "('attribute', 'tag', 'tags')"

  static let models = RegistryVocabulary(
    kinds: tagKinds, texts: ["name": "m.name"], numbers: [:], lists: ["name"],
    kindsInWords: tagKindsInWords, attributesInWords: "{'name'}")

  static let versions = RegistryVocabulary(
    kinds: tagKinds,
    texts: ["name": "m.name", "run_id": "v.run_id", "source_path": "v.source"],
    numbers: ["version_number": "v.version"], lists: ["name", "run_id"],
    kindsInWords: tagKindsInWords,
    attributesInWords: "{'name', 'version_number', 'run_id', 'source_path'}")

  static let loggedModels = RegistryVocabulary(
    kinds: ["attributes": .attribute, "metrics": .metric, "params": .param, "tags": .tag],
    texts: [
      "name": "m.name", "model_id": "m.id", "model_type": "m.model_type",
      "status": loggedModelStatus, "source_run_id": "m.source_run",
      "experiment_id": "CAST(m.experiment AS TEXT)", "status_message": "m.status_message",
      "artifact_location": LoggedModelReader.artifactURI("m"),
    ],
    numbers: [
      "creation_timestamp": "m.created", "creation_time": "m.created",
      "creation_timestamp_ms": "m.created", "last_updated_timestamp": "m.updated",
      "last_updated_time": "m.updated", "last_updated_timestamp_ms": "m.updated",
    ],
    lists: nil, isOfLoggedModels: true,
    kindsInWords: "['attributes', 'metrics', 'params', 'tags']",
    attributesInWords: """
      {'name', 'model_id', 'model_type', 'status', 'source_run_id', 'experiment_id', 'artifact_location', \
      'status_message', 'creation_timestamp', 'last_updated_timestamp'}
      """)

  /// The status by the name that MLflow's Python client has for it.
  private static let loggedModelStatus =
    "CASE m.status "
    + LoggedModelStatus.allCases.map { "WHEN \($0.rawValue) THEN '\($0.name)'" }.joined(
      separator: " ")
    + " END"
}
