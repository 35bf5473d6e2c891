import Formats
import Platform

/// A mapping of a rule file, whose keys are asked for by name; what nobody knows is an error at its place.
struct RuleFields {
  let node: YAMLNode
  private let pairs: [YAMLNode.Pair]

  /// - Parameters:
  ///   - what: names the mapping in messages: `a rule`.
  ///   - known: all keys that it may have.
  init(_ node: YAMLNode, _ what: String, known: [String]) throws(ParseFailure) {
    guard let pairs = node.pairs else {
      throw node.failure("\(what) is a mapping of names and values")
    }
    self.node = node
    self.pairs = pairs
    var seen: Set<String> = []
    for pair in pairs {
      guard let key = pair.key.text else { throw pair.key.failure("a key is a text") }
      guard known.contains(key) else {
        let near = nearestName(to: key, among: known)
        throw pair.key.failure(
          "\(what) has no key `\(key)`",
          hint: near.map { "did you mean `\($0)`?" } ?? "known: " + known.joined(separator: ", "))
      }
      guard seen.insert(key).inserted else {
        throw pair.key.failure("the key `\(key)` is there twice")
      }
    }
  }

  /// A value; nil when it is not there, or null.
  subscript(key: String) -> YAMLNode? {
    guard let value = pairs.first(where: { $0.key.text == key })?.value else { return nil }
    if case .scalar(let text, .plain) = value.content, ["", "~", "null"].contains(text) {
      return nil
    }
    return value
  }

  var keys: [String] { pairs.compactMap(\.key.text) }

  func text(_ key: String) throws(ParseFailure) -> String? {
    guard let value = self[key] else { return nil }
    guard let text = value.text else { throw value.failure("`\(key)` is a text") }
    return text
  }

  func required(_ key: String, of what: String) throws(ParseFailure) -> String {
    guard let text = try text(key) else { throw node.failure("\(what) needs `\(key)`") }
    return text
  }

  /// A list of texts; a single text is a list of one.
  func texts(_ key: String) throws(ParseFailure) -> [String]? {
    guard let value = self[key] else { return nil }
    return try value.texts(key)
  }

  func int(_ key: String) throws(ParseFailure) -> Int? {
    guard let value = self[key] else { return nil }
    guard case .int(let number) = try value.value(), let int = Int(exactly: number) else {
      throw value.failure("`\(key)` is a whole number")
    }
    return int
  }

  func number(_ key: String) throws(ParseFailure) -> Double? {
    guard let value = self[key] else { return nil }
    guard let number = try value.value().number else {
      throw value.failure("`\(key)` is a number")
    }
    return number
  }

  func bool(_ key: String) throws(ParseFailure) -> Bool? {
    guard let value = self[key] else { return nil }
    guard let bool = try value.value().bool else {
      throw value.failure("`\(key)` is true or false")
    }
    return bool
  }

  /// One of the values of an enumeration.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ key: String, _ type: Choice.Type
  ) throws(ParseFailure) -> Choice? where Choice.RawValue == String {
    guard let value = self[key] else { return nil }
    let names = Choice.allCases.map(\.rawValue)
    guard let choice = value.text.flatMap(Choice.init(rawValue:)) else {
      throw value.failure(
        "`\(key)` is one of \(names.joined(separator: ", "))",
        hint: value.text.flatMap { nearestName(to: $0, among: names) }.map {
          "did you mean `\($0)`?"
        })
    }
    return choice
  }
}

extension YAMLNode {
  /// A list of texts; a single text is a list of one.
  func texts(_ name: String) throws(ParseFailure) -> [String] {
    if let text { return [text] }
    guard let items else { throw failure("`\(name)` is a text or a list of texts") }
    var texts: [String] = []
    for item in items {
      guard let text = item.text else { throw item.failure("`\(name)` is a list of texts") }
      texts.append(text)
    }
    return texts
  }
}
