extension Tree {
  /// The token that spells the name a node has or gives; nil when it has none.
  ///
  /// A function's, a class's, a parameter's, a keyword argument's, an attribute's, a variable's; of `except … as`, of a
  /// pattern that captures, of a type parameter; of an alias the name behind `as`.
  package func nameToken(of node: NodeID) -> Int? {
    let stored = self[node]
    switch stored.kind {
    case .name, .identifier, .parameter, .keywordPattern: return Int(stored.firstToken)
    case .keyword:
      return stored.flags.contains(.hasName) ? Int(stored.firstToken) : nil
    case .functionDef, .classDef, .typeVar, .paramSpec, .typeVarTuple: return Int(stored.data)
    case .exceptHandler, .matchAs, .matchStar, .matchMapping:
      return stored.flags.contains(.hasName) ? Int(stored.data) : nil
    case .attribute: return Int(stored.endToken) - 1
    case .alias: return stored.flags.contains(.hasName) ? Int(stored.endToken) - 1 : nil
    default: return nil
    }
  }

  /// The name a node has or gives, as ``nameToken(of:)`` finds it.
  package func name(of node: NodeID) -> String? { nameToken(of: node).map { text(token: $0) } }

  /// The names of an attribute chain: `["np", "random", "rand"]` of `np.random.rand`; nil for anything else.
  package func dottedName(of expression: NodeID) -> [String]? {
    var parts: [String] = []
    var node = expression
    while kind(node) == .attribute {
      parts.append(text(token: tokenRange(of: node).upperBound - 1))
      node = NodeID(node.index + 1)
    }
    guard kind(node) == .name else { return nil }
    parts.append(text(node))
    return parts.reversed()
  }
}
