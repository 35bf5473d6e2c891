/// The type of a node: one of YAML 1.1's own (https://yaml.org/type/), or a foreign one.
enum YAMLTag: Sendable, Hashable {
  case null, bool, int, float, string, binary, timestamp
  case sequence, mapping, set, orderedMapping, pairs
  case merge, value
  case other(String)

  static let prefix = "tag:yaml.org,2002:"

  /// The type that a full tag names.
  init(_ tag: String) {
    guard tag.hasPrefix(Self.prefix) else {
      self = .other(tag)
      return
    }
    switch tag.dropFirst(Self.prefix.count) {
    case "null": self = .null
    case "bool": self = .bool
    case "int": self = .int
    case "float": self = .float
    case "str": self = .string
    case "binary": self = .binary
    case "timestamp": self = .timestamp
    case "seq": self = .sequence
    case "map": self = .mapping
    case "set": self = .set
    case "omap": self = .orderedMapping
    case "pairs": self = .pairs
    case "merge": self = .merge
    case "value": self = .value
    default: self = .other(tag)
    }
  }
}

extension YAMLNode {
  /// The type of the node: its tag, or what PyYAML's resolver makes of its text.
  var resolvedTag: YAMLTag {
    if let tag { return YAMLTag(tag) }
    return switch content {
    case .scalar(let text, _): isImplicit ? YAMLTag(resolving: text) : .string
    case .sequence: .sequence
    case .mapping: .mapping
    }
  }
}
