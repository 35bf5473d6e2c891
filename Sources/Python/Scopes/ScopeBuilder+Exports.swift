extension ScopeBuilder {
  /// Notes the strings of a list that is assigned or added to `__all__`.
  mutating func collectExports(_ value: NodeID) {
    switch tree.kind(value) {
    case .list, .tuple, .set:
      for item in tree.children(of: value) {
        if let name = tree.stringValue(of: item) { exports?.append((name, item)) }
      }
    case .binaryOperation:
      // A sum of lists is as deep as it is long.
      var index = value.index
      while index < tree[value].end {
        let node = NodeID(index)
        switch tree.kind(node) {
        case .list, .tuple:
          collectExports(node)
          index = tree[node].end
        case .binaryOperation: index += 1
        default: index = tree[node].end
        }
      }
    default: break
    }
  }

  /// `__all__.extend([…])`, `__all__.append("…")`
  mutating func collectExports(call node: NodeID) {
    let function = tree.function(of: node)
    guard let base = tree.operand(of: function), isSpelled("__all__", base),
      let argument = tree.positionalArguments(of: node).first
    else { return }
    switch tree.name(of: function) {
    case "extend": collectExports(argument)
    case "append":
      if let name = tree.stringValue(of: argument) { exports?.append((name, argument)) }
    default: break
    }
  }

  /// What `__all__` lists is used.
  mutating func resolveExports() {
    guard let exports else { return }
    scope = 0
    context = Context()
    for (name, node) in exports {
      let symbol = symbols.symbol(name)
      guard let id = scopes[0].bindings[symbol], bindings[id].kind != .builtin else {
        if !scopes[0].hasStarImport { undefinedExports.append((name, node)) }
        continue
      }
      references.append(
        Reference(
          symbol: symbol, scope: 0, node: node, range: range(node), binding: id, isTyping: false))
      bindings[id].references.append(references.count - 1)
    }
  }
}
