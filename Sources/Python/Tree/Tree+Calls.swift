extension Tree {
  /// What a call calls.
  package func function(of call: NodeID) -> NodeID { NodeID(call.index + 1) }

  /// The arguments without names, unpacked ones (`starred`) among them, of a call.
  package func positionalArguments(of call: NodeID) -> [NodeID] {
    children(of: call).dropFirst().filter { kind($0) != .keyword }
  }

  /// The arguments with names, and `**` ones, of a call or a class.
  package func keywordArguments(of node: NodeID) -> [NodeID] {
    children(of: node).filter { kind($0) == .keyword }
  }

  /// The value of a call's or a class's argument of that name.
  package func argument(_ name: String, of node: NodeID) -> NodeID? {
    children(of: node).first { kind($0) == .keyword && self.name(of: $0) == name }
      .flatMap { child(0, of: $0) }
  }

  /// The first child: what an attribute, a subscript, `await`, a starred or keyword argument, a decorator… is about.
  package func operand(of node: NodeID) -> NodeID? { child(0, of: node) }

  // MARK: Operators

  /// The operator of a binary, unary, boolean or augmented operation.
  package func operation(of node: NodeID) -> TokenKind? {
    switch kind(node) {
    case .binaryOperation, .unaryOperation, .booleanOperation, .augmentedAssign:
      TokenKind(rawValue: self[node].detail)
    default: nil
    }
  }

  /// The operators of a comparison; the first stands between the first and the second child.
  package func compareOperators(of compare: NodeID) -> [CompareOperator] {
    let count = children(of: compare).reduce(0) { count, _ in count + 1 } - 1
    let start = Int(self[compare].data)
    return Array(comparisons[start..<(start + max(0, count))])
  }

  /// The bounds and the step of a slice.
  package func slice(_ node: NodeID) -> (lower: NodeID?, upper: NodeID?, step: NodeID?) {
    var parts = children(of: node)
    let flags = flags(node)
    let lower = flags.contains(.hasType) ? parts.next() : nil
    let upper = flags.contains(.hasValue) ? parts.next() : nil
    return (lower, upper, flags.contains(.hasExtra) ? parts.next() : nil)
  }
}
