import Formats
import Platform

/// A value of another tool's file, with its place.
struct ForeignNode {
  let node: YAMLNode
  let file: String

  init(_ node: YAMLNode, file: String) {
    self.node = node
    self.file = file
  }

  var location: SourceLocation {
    SourceLocation(file: file, line: node.mark.line, column: node.mark.column)
  }

  /// Of a mapping; nil when it is not there or is `null`.
  subscript(key: String) -> ForeignNode? {
    guard let pair = node.pairs?.last(where: { $0.key.text == key }) else { return nil }
    let found = ForeignNode(pair.value, file: file)
    return found.isNull ? nil : found
  }

  var fields: [(key: String, value: ForeignNode)] {
    (node.pairs ?? []).compactMap { pair in
      pair.key.text.map { ($0, ForeignNode(pair.value, file: file)) }
    }
  }

  var items: [ForeignNode]? { node.items?.map { ForeignNode($0, file: file) } }

  /// Of a scalar that is no `null`.
  var text: String? { isNull ? nil : node.text }

  var isNull: Bool {
    guard case .scalar(let text, .plain) = node.content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  var isText: Bool {
    guard case .scalar(_, let style) = node.content else { return false }
    return style != .plain || number == nil && truth == nil && !isNull
  }

  var number: Double? {
    guard case .scalar(let text, .plain) = node.content else { return nil }
    return PlainValue.number(text)
  }

  var truth: Bool? {
    guard case .scalar(let text, .plain) = node.content else { return nil }
    switch text {
    case "true", "True", "TRUE": return true
    case "false", "False", "FALSE": return false
    default: return nil
    }
  }

  var texts: [String]? {
    guard let items else { return text.map { [$0] } }
    let texts = items.compactMap(\.text)
    return texts.count == items.count ? texts : nil
  }

  /// The values of a set, as they may stand in a table; `null` is no value.
  var values: [String]? {
    guard let items else { return nil }
    var values: [String] = []
    for item in items where !item.isNull {
      guard let text = item.node.text else { return nil }
      // Python writes its truths with a capital letter.
      let spellings = item.truth.map { $0 ? ["true", "True"] : ["false", "False"] } ?? [text]
      for spelling in spellings where !values.contains(spelling) { values.append(spelling) }
    }
    return values
  }
}
