import Python

/// Reads a file as the lines that blank lines stand between.
struct BlankLineReader {
  let tokens: UnsafeBufferPointer<Token>
  let traits: UnsafeBufferPointer<TokenTraits>
  /// The most blank lines in a row since the last line of code.
  private var most = 0
  /// The token behind the last line: what lies before the next is blank lines.
  private var behind = 0

  init(_ tokens: UnsafeBufferPointer<Token>, _ traits: UnsafeBufferPointer<TokenTraits>) {
    self.tokens = tokens
    self.traits = traits
  }

  mutating func read(_ line: LayoutLines.Line) -> StatementLine {
    let blanks = line.tokens.lowerBound - behind
    var blankRange: Range<Int>?
    if blanks > 0 {
      blankRange = Int(tokens[behind].start)..<Int(tokens[line.tokens.lowerBound - 1].end)
    }
    behind = line.tokens.upperBound
    most = max(most, blanks)
    var last = line.tokens.upperBound - 1
    while last > line.first, !traits[last].contains(.isContent) { last -= 1 }
    let isComment = !line.traits.contains(.isContent)
    defer { if !isComment { most = 0 } }
    return StatementLine(
      kind: kind(of: line.first), first: tokens[line.first], last: tokens[last].kind,
      end: Int(tokens[line.tokens.upperBound - 1].end), isComment: isComment,
      isDocstring: tokens[line.first].kind == .string
        && (line.first...last).allSatisfy {
          tokens[$0].kind == .string || !traits[$0].contains(.isContent)
        },
      indent: line.columns, blanks: blanks, blankRange: blankRange, most: most)
  }

  private func kind(of first: Int) -> StatementLine.Kind {
    switch tokens[first].kind {
    case .classKeyword: .classLine
    case .comment: .comment
    case .at: .decorator
    case .defKeyword: .function
    case .asyncKeyword:
      first + 1 < tokens.count && tokens[first + 1].kind == .defKeyword ? .function : .other
    case .importKeyword: .importLine
    case .fromKeyword: .importFrom
    default: .other
    }
  }
}

extension PythonSource {
  /// The line end that the file uses: that of its first line.
  var newline: String {
    guard let end = bytes.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return "\n" }
    if bytes[end] == 0x0A { return "\n" }
    return end + 1 < bytes.count && bytes[end + 1] == 0x0A ? "\r\n" : "\r"
  }

  /// The first byte of the line that a byte is in.
  func lineStart(of offset: Int) -> Int { list.lines.start(ofLine: list.lines.line(of: offset)) }
}
