import Platform

/// What an MLproject, or a native trainer, says of one parameter.
package struct Parameter: Sendable, Hashable {
  package var name: String
  package var kind: Kind
  /// As Python's `str()` gives the YAML value; nil when there is none.
  package var defaultValue: String?
  /// Whether a run without a value is an error: no default, and not `required: false`.
  package var isRequired: Bool
  /// The values that are allowed, as text; empty when all are.
  package var choices: [String]
  /// Smallest value allowed, of `int` and `float`.
  package var minimum: Double?
  /// Largest value allowed, of `int` and `float`.
  package var maximum: Double?
  /// What a `bool` puts into the command when it is true; when it is false it puts nothing. Nil: the value itself.
  package var flag: String?
  /// One line for `--list`.
  package var description: String?
  /// Where it is declared; nil for a trainer's own.
  package var location: SourceLocation?

  /// The type that is declared.
  package enum Kind: Sendable, Hashable {
    case string, int, float, bool, path, uri
    /// A type that is neither MLflow's nor ours; MLflow takes any word, and so do we, as text.
    case other(String)
  }

  package init(
    _ name: String, _ kind: Kind = .string, default defaultValue: String? = nil,
    isRequired: Bool? = nil, choices: [String] = [], minimum: Double? = nil, maximum: Double? = nil,
    flag: String? = nil, description: String? = nil, location: SourceLocation? = nil
  ) {
    self.name = name
    self.kind = kind
    self.defaultValue = defaultValue
    self.isRequired = isRequired ?? (defaultValue == nil)
    self.choices = choices
    self.minimum = minimum
    self.maximum = maximum
    self.flag = flag
    self.description = description
    self.location = location
  }
}

extension Parameter.Kind {
  /// The kind that a word after `type:` names.
  package init(_ word: String) {
    self =
      switch word {
      case "string": .string
      case "int": .int
      case "float": .float
      case "bool": .bool
      case "path": .path
      case "uri": .uri
      default: .other(word)
      }
  }

  /// The words that are checked.
  package static let words = ["int", "float", "bool", "string", "path", "uri"]

  /// The word after `type:`.
  package var word: String {
    switch self {
    case .string: "string"
    case .int: "int"
    case .float: "float"
    case .bool: "bool"
    case .path: "path"
    case .uri: "uri"
    case .other(let word): word
    }
  }
}
