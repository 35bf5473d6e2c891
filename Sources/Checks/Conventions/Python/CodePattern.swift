import Python

/// Code with holes: `$A == None` answers for every comparison of anything with `None`.
///
/// The holes that have one name must hold the same text. `$$REST` in a call stands for any further arguments. The pattern is
/// read by the same parser as the code.
package struct CodePattern: Sendable {
  private let tree: Tree
  private let root: NodeID
  private static let mark = "__hole_"
  private static let restMark = "__rest_"

  /// Nil when the text is not one expression or statement.
  init?(_ text: String) {
    var code = ""
    var rest = text[...]
    while let dollar = rest.firstIndex(of: "$") {
      code += rest[..<dollar]
      rest = rest[rest.index(after: dollar)...]
      let isRest = rest.first == "$"
      if isRest { rest = rest.dropFirst() }
      let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      guard !name.isEmpty else { return nil }
      code += (isRest ? Self.restMark : Self.mark) + name
      rest = rest.dropFirst(name.count)
    }
    tree = Tree(parsing: Array((code + rest + "\n").utf8))
    guard tree.problems.isEmpty, let statement = tree.child(0, of: .module),
      tree.child(1, of: .module) == nil
    else { return nil }
    if tree.kind(statement) == .expressionStatement, let value = tree.child(0, of: statement) {
      root = value
    } else {
      root = statement
    }
  }

  /// The kind of node that can answer; nil when any can.
  var kind: NodeKind? { hole(root) == nil ? tree.kind(root) : nil }

  private func hole(_ node: NodeID) -> String? {
    guard tree.kind(node) == .name, let name = tree.name(of: node), name.hasPrefix(Self.mark) else {
      return nil
    }
    return String(name.dropFirst(Self.mark.count))
  }

  private func isRest(_ node: NodeID) -> Bool {
    tree.kind(node) == .name && tree.name(of: node)?.hasPrefix(Self.restMark) == true
  }

  func matches(_ node: NodeID, _ other: Tree, _ captures: inout [String: String]) -> Bool {
    var found = captures
    guard matches(root, node, other, &found) else { return false }
    captures = found
    return true
  }

  private func matches(
    _ own: NodeID, _ node: NodeID, _ other: Tree, _ captures: inout [String: String]
  ) -> Bool {
    if let name = hole(own) {
      let text = other.text(node)
      if let known = captures[name] { return known == text }
      captures[name] = text
      return true
    }
    guard tree.kind(own) == other.kind(node), tree.operation(of: own) == other.operation(of: node)
    else { return false }
    let mine = Array(tree.children(of: own))
    let theirs = Array(other.children(of: node))
    if tree.kind(own) == .compare,
      tree.compareOperators(of: own) != other.compareOperators(of: node)
    {
      return false
    }
    if tree.name(of: own) != other.name(of: node) { return false }
    if mine.isEmpty, theirs.isEmpty { return tree.text(own) == other.text(node) }
    if let last = mine.last, isRest(last) {
      guard theirs.count >= mine.count - 1 else { return false }
    } else if mine.count != theirs.count {
      return false
    }
    for (own, node) in zip(mine, theirs) {
      if isRest(own) { return true }
      if !matches(own, node, other, &captures) { return false }
    }
    return true
  }
}
