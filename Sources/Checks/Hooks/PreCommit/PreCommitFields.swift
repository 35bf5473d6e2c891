import Formats
import Platform

/// A mapping of a configuration of pre-commit: keys are merged (`<<`), the last of equal ones counts, and types are checked
/// strictly, as pre-commit does.
struct PreCommitFields {
  let node: YAMLNode
  let fields: [YAMLNode.Field]

  init(_ node: YAMLNode, _ what: String) throws(ParseFailure) {
    guard node.pairs != nil else { throw node.failure("\(what) is a mapping of names and values") }
    self.node = node
    fields = try node.fields()
  }

  subscript(key: String) -> YAMLNode? {
    fields.first { $0.key == .string(key) }?.valueNode
  }

  /// The keys that are none of the known ones.
  func unknown(_ known: [String]) -> [(name: String, node: YAMLNode)] {
    fields.compactMap { field in
      guard let name = field.key.string else {
        return (field.keyNode.text ?? "?", field.keyNode)
      }
      return known.contains(name) ? nil : (name, field.keyNode)
    }
  }

  func text(_ key: String) throws(ParseFailure) -> String? {
    guard let node = self[key] else { return nil }
    guard let text = try node.value().string else {
      throw node.failure("`\(key)` is a text", hint: "put it in quotes")
    }
    return text
  }

  func required(_ key: String, of what: String) throws(ParseFailure) -> String {
    guard let text = try text(key) else { throw node.failure("\(what) needs `\(key)`") }
    return text
  }

  func bool(_ key: String) throws(ParseFailure) -> Bool? {
    guard let node = self[key] else { return nil }
    guard let value = try node.value().bool else {
      throw node.failure("`\(key)` is true or false")
    }
    return value
  }

  func texts(_ key: String) throws(ParseFailure) -> [(text: String, node: YAMLNode)]? {
    guard let node = self[key] else { return nil }
    guard let items = node.items else { throw node.failure("`\(key)` is a list of texts") }
    var texts: [(String, YAMLNode)] = []
    for item in items {
      guard let text = try item.value().string else {
        throw item.failure("`\(key)` is a list of texts", hint: "put it in quotes")
      }
      texts.append((text, item))
    }
    return texts
  }
}
