extension Tree {
  /// The first suite of a statement: its body. A lambda's body is its last child.
  package func body(of node: NodeID) -> NodeID? {
    kind(node) == .lambda
      ? lastChild(of: node) : children(of: node).first { kind($0) == .suite }
  }

  /// The statements of a suite, of the body of a statement, or of the module.
  package func statements(of node: NodeID) -> [NodeID] {
    switch kind(node) {
    case .module, .suite: Array(children(of: node))
    default: body(of: node).map { Array(children(of: $0)) } ?? []
    }
  }

  /// The suite behind `else`; of an `if`, that of `elif` too.
  package func elseSuite(of node: NodeID) -> NodeID? {
    switch kind(node) {
    case .ifStatement, .whileLoop, .forLoop, .tryStatement: break
    default: return nil
    }
    guard flags(node).contains(.hasElse) else { return nil }
    let suites = children(of: node).filter { kind($0) == .suite }
    return suites.count > 1 ? suites[1] : nil
  }

  package func finallySuite(of node: NodeID) -> NodeID? {
    guard kind(node) == .tryStatement, flags(node).contains(.hasFinally) else { return nil }
    return lastChild(of: node)
  }

  package func handlers(of node: NodeID) -> [NodeID] {
    children(of: node).filter { kind($0) == .exceptHandler }
  }

  /// The exceptions a handler is for; nil for a bare `except`.
  package func exceptionType(of handler: NodeID) -> NodeID? {
    flags(handler).contains(.hasType) ? child(0, of: handler) : nil
  }

  /// The condition of `if`, `while`, `assert` or a conditional expression.
  package func test(of node: NodeID) -> NodeID? {
    child(kind(node) == .conditional ? 1 : 0, of: node)
  }

  /// What is assigned to, looped over into, deleted, or named by `as` in `with`.
  package func targets(of node: NodeID) -> [NodeID] {
    switch kind(node) {
    case .assign: Array(Array(children(of: node)).dropLast())
    case .delete: Array(children(of: node))
    case .augmentedAssign, .annotatedAssign, .forLoop, .comprehension, .namedExpression, .typeAlias:
      Array(children(of: node).prefix(1))
    case .withItem:
      flags(node).contains(.hasValue) ? Array(children(of: node).dropFirst()) : []
    default: []
    }
  }

  /// What is assigned, returned, yielded, looped over…
  package func value(of node: NodeID) -> NodeID? {
    switch kind(node) {
    case .assign, .augmentedAssign, .namedExpression, .typeAlias: lastChild(of: node)
    case .annotatedAssign: flags(node).contains(.hasValue) ? lastChild(of: node) : nil
    case .forLoop, .comprehension: child(1, of: node)
    default: child(0, of: node)
    }
  }

  // MARK: Imports

  /// The relative level of a `from` import: its dots.
  package func importLevel(of node: NodeID) -> Int { Int(self[node].data) }

  /// The module a `from` import names; nil for dots alone.
  package func importModule(of node: NodeID) -> String? {
    guard let module = child(0, of: node), kind(module) == .moduleName else { return nil }
    return dottedText(tokenRange(of: module))
  }

  package func aliases(of node: NodeID) -> [NodeID] {
    children(of: node).filter { kind($0) == .alias }
  }

  /// The dotted name an alias imports, `*` included.
  package func importedName(of alias: NodeID) -> String {
    var tokens = tokenRange(of: alias)
    if flags(alias).contains(.hasName) {
      // The last is the new name, and `as` comes before it.
      let as0 = tokens.last { list.tokens[$0].kind == .asKeyword } ?? tokens.upperBound
      tokens = tokens.lowerBound..<as0
    }
    return dottedText(tokens)
  }

  /// The name behind `as`.
  package func asName(of alias: NodeID) -> String? { name(of: alias) }

  /// The text of tokens without what stands between them.
  private func dottedText(_ tokens: Range<Int>) -> String {
    guard tokens.count > 1 else { return tokens.isEmpty ? "" : text(token: tokens.lowerBound) }
    return tokens.filter { !list.tokens[$0].kind.isTrivia }.map { text(token: $0) }.joined()
  }
}
