import Formats
import Platform

extension NotebookParameters {
  /// Takes over what a YAML text says, read as PyYAML's safe loader reads it but for dates, which stay text.
  ///
  /// - Throws: ``ParseFailure``: no YAML, no mapping, or a name that is no text. An empty text says nothing.
  package mutating func merge(yaml bytes: [UInt8]) throws(ParseFailure) {
    guard let node = try YAMLNode(parsing: bytes) else { return }
    try merge(node.withDatesAsText.value(), at: node)
  }

  /// What Python's `dict.update` takes: a mapping, or a list of pairs; what is false in Python is nothing.
  private mutating func merge(_ value: YAMLValue, at node: YAMLNode) throws(ParseFailure) {
    switch value {
    case .none, .bool(false), .int(0), .float(0), .string(""): return
    case .map(let entries):
      for entry in entries { try set(entry.key, entry.value, at: node) }
    case .list(let items), .tuple(let items):
      for item in items {
        guard let pair = Self.pair(item) else {
          throw node.failure(
            "parameters are a mapping of names to values, and this is \(value.typeName)",
            hint: "write `name: value`")
        }
        try set(pair.0, pair.1, at: node)
      }
    default:
      throw node.failure(
        "parameters are a mapping of names to values, and this is \(value.typeName)",
        hint: "write `name: value`")
    }
  }

  private static func pair(_ value: YAMLValue) -> (YAMLValue, YAMLValue)? {
    switch value {
    case .list(let items), .tuple(let items): items.count == 2 ? (items[0], items[1]) : nil
    default: nil
    }
  }

  private mutating func set(
    _ key: YAMLValue, _ value: YAMLValue, at node: YAMLNode
  ) throws(ParseFailure) {
    guard case .string(let name) = key else {
      throw node.failure(
        "a parameter's name is text, and `\(key.pythonText)` is \(key.typeName)",
        hint: "put it in quotes")
    }
    set(name, to: value)
  }

  /// Takes over the YAML text that base64 packs (`-b`).
  package mutating func merge(base64 text: String) throws(ParseFailure) {
    guard let bytes = Base64.decodeLeniently(text) else {
      throw ParseFailure(
        "this is no base64 text", hint: "make it with `base64 -w0 parameters.yaml`")
    }
    try merge(yaml: bytes)
  }
}
