import Python

extension PythonSource {
  /// The byte behind the last token of a node, line ends aside.
  func end(of node: NodeID) -> Int {
    var index = tree.tokenRange(of: node).upperBound
    while index > 0 {
      switch tree.tokens[index - 1].kind {
      case .newline, .dedent, .indent, .lineBreak, .comment, .end, .semicolon: index -= 1
      default: return Int(tree.tokens[index - 1].end)
      }
    }
    return 0
  }
}
