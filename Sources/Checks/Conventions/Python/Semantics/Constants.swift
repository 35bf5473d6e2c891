import Python

extension Tree {
  /// A literal that is no singleton, or a tuple of literals.
  func isPlainConstant(_ node: NodeID) -> Bool {
    switch kind(node) {
    case .number, .string, .bytes: true
    case .tuple: children(of: node).allSatisfy(isConstant)
    default: false
    }
  }

  private func isConstant(_ node: NodeID) -> Bool {
    switch kind(node) {
    case .trueConstant, .falseConstant, .noneConstant, .ellipsis: true
    default: isPlainConstant(node)
    }
  }

  /// The token of the operator behind an operand of a comparison; of two words the first, and their number.
  func operatorTokens(behind operand: NodeID, before next: NodeID) -> Range<Int>? {
    var index = tokenRange(of: operand).upperBound
    let end = tokenRange(of: next).lowerBound
    var first: Int?
    while index < end {
      switch tokens[index].kind {
      case .rightParenthesis, .comment, .lineBreak: break
      case .leftParenthesis: return first.map { $0..<(lastOperator(from: $0, to: index) + 1) }
      default: if first == nil { first = index }
      }
      index += 1
    }
    return first.map { $0..<(lastOperator(from: $0, to: end) + 1) }
  }

  private func lastOperator(from first: Int, to end: Int) -> Int {
    var last = first
    for index in first..<end where !tokens[index].kind.isTrivia { last = index }
    return last
  }

  /// The bytes of the operator between two operands.
  func operatorRange(behind operand: NodeID, before next: NodeID) -> Range<Int>? {
    operatorTokens(behind: operand, before: next).map {
      tokens[$0.lowerBound].range.lowerBound..<tokens[$0.upperBound - 1].range.upperBound
    }
  }
}
