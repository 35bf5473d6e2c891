/// A logical line: the tokens of one line of statements, of a compound statement's header, or comments on their own.
package struct LogicalLine: Sendable {
  /// The indices of its tokens, comments and line breaks inside it included, the `newline` too.
  package var tokens: Range<Int>
  /// How many blocks are open around it.
  package var level: Int
  /// Whether there is nothing but comments and blank lines in it.
  package var isTrivia: Bool
}

extension TokenList {
  /// The logical lines of a file, in order; each line of comments, and each blank line, is one of its own.
  package var logicalLines: [LogicalLine] {
    var lines: [LogicalLine] = []
    var level = 0
    var start = 0
    var hasTokens = false
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .indent:
        level += 1
        start = hasTokens ? start : index + 1
      case .dedent:
        level -= 1
        start = hasTokens ? start : index + 1
      case .comment: break
      case .lineBreak where !hasTokens:
        lines.append(LogicalLine(tokens: start..<(index + 1), level: level, isTrivia: true))
        start = index + 1
      case .newline:
        lines.append(LogicalLine(tokens: start..<(index + 1), level: level, isTrivia: false))
        start = index + 1
        hasTokens = false
      case .end: break
      default: hasTokens = true
      }
    }
    return lines
  }
}
