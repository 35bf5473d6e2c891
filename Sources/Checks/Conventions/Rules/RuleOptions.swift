import Formats
import Platform

/// The settings of a rule, with the values that the rule's file gives them, changed by a project's.
package struct RuleOptions: Sendable {
  private var values: [String: YAMLNode] = [:]

  package init() {}

  package init(_ node: YAMLNode?) throws(ParseFailure) {
    guard let node else { return }
    guard let pairs = node.pairs else { throw node.failure("`options` names values") }
    for pair in pairs {
      guard let key = pair.key.text else { throw pair.key.failure("an option's name is a text") }
      values[key] = pair.value
    }
  }

  /// Takes over what a project says.
  ///
  /// - Throws: ``ParseFailure`` at a name that the rule does not have.
  mutating func change(_ pairs: [YAMLNode.Pair], of rule: String) throws(ParseFailure) {
    for pair in pairs {
      guard let key = pair.key.text, values[key] != nil else {
        throw pair.key.failure(
          "the rule `\(rule)` has no option `\(pair.key.text ?? "")`",
          hint: values.isEmpty
            ? "it has none" : "it has: " + values.keys.sorted().joined(separator: ", "))
      }
      values[key] = pair.value
    }
  }

  /// Gives an option another value; nothing where the rule does not have it.
  mutating func set(_ key: String, _ value: JSONValue) {
    guard values[key] != nil, let node = try? YAMLNode(parsing: Array(value.text().utf8)) else {
      return
    }
    values[key] = node
  }

  func int(_ key: String, _ usual: Int) throws(ParseFailure) -> Int {
    guard let node = values[key] else { return usual }
    guard case .int(let value) = try node.value(), let int = Int(exactly: value) else {
      throw node.failure("the option `\(key)` is a whole number")
    }
    return int
  }

  func bool(_ key: String, _ usual: Bool) throws(ParseFailure) -> Bool {
    guard let node = values[key] else { return usual }
    guard let value = try node.value().bool else {
      throw node.failure("the option `\(key)` is true or false")
    }
    return value
  }

  func text(_ key: String, _ usual: String) throws(ParseFailure) -> String {
    guard let node = values[key] else { return usual }
    guard let text = node.text else { throw node.failure("the option `\(key)` is a text") }
    return text
  }

  func texts(_ key: String) throws(ParseFailure) -> [String] {
    guard let node = values[key] else { return [] }
    return try node.texts(key)
  }
}
