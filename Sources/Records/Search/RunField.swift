/// What a clause or an order looks at.
enum RunField: Sendable, Hashable {
  case metric(String)
  case param(String)
  case tag(String)
  case attribute(Attribute)
  case dataset(DatasetField)

  enum Attribute: String, Sendable, CaseIterable {
    case runID = "run_id"
    case name = "run_name"
    case status
    case artifactURI = "artifact_uri"
    case user = "user_id"
    case startTime = "start_time"
    case endTime = "end_time"

    var isNumeric: Bool { self == .startTime || self == .endTime }

    /// Other words for the same, in filters.
    static let aliases: [String: Attribute] = [
      "created": .startTime, "Created": .startTime, "run name": .name, "Run name": .name,
      "Run Name": .name,
    ]

    /// Other words for the same that orders know.
    static let orderAliases: [String: Attribute] = ["created": .startTime, "Created": .startTime]
  }

  enum DatasetField: String, Sendable, CaseIterable {
    case name
    case digest
    /// The tag `mlflow.data.context` of the input.
    case context
  }

  /// As a filter writes it.
  var text: String {
    switch self {
    case .metric(let key): "metrics.\(key)"
    case .param(let key): "params.\(key)"
    case .tag(let key): "tags.\(key)"
    case .attribute(let attribute): attribute.rawValue
    case .dataset(let field): "dataset.\(field.rawValue)"
    }
  }

  /// The words before the point.
  enum Kind: Sendable, CaseIterable {
    case metric, param, tag, attribute, dataset

    var words: [String] {
      switch self {
      case .metric: ["metrics", "metric"]
      case .param: ["params", "param", "parameters", "parameter"]
      case .tag: ["tags", "tag"]
      case .attribute: ["attributes", "attribute", "attr", "run"]
      case .dataset: ["datasets", "dataset"]
      }
    }

    static let allWords: [String] = allCases.flatMap(\.words)

    init?(_ word: String) {
      guard let kind = Kind.allCases.first(where: { $0.words.contains(word) }) else { return nil }
      self = kind
    }
  }
}
