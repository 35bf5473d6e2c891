import Python

/// Reads a file as the lines that blank lines stand between.
struct BlankLineReader {
  private let tokens: [Token]
  private let bytes: [UInt8]
  private let traits: [TokenTraits]
  private var index = 0
  private var lineStart = 0
  private var most = 0

  init(_ source: PythonSource) {
    tokens = source.list.tokens
    bytes = source.bytes
    traits = source.layout.traits
    // A byte-order mark is no part of the first line.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { lineStart = 3 }
  }

  mutating func next() -> StatementLine? {
    var blanks = 0
    var blankRange: Range<Int>?
    // The blank lines, and the `indent` and `dedent` before the line.
    while index < tokens.count {
      let token = tokens[index]
      if token.kind == .lineBreak {
        blanks += 1
        blankRange = (blankRange?.lowerBound ?? Int(token.start))..<Int(token.end)
        lineStart = Int(token.end)
      } else if token.kind != .indent, token.kind != .dedent {
        break
      }
      index += 1
    }
    guard index < tokens.count, tokens[index].kind != .end else { return nil }
    let first = index
    var all: TokenTraits = []
    var last: TokenKind?
    var isDocstring = tokens[first].kind == .string
    var depth = 0
    while index < tokens.count {
      let own = traits[index]
      all.formUnion(own)
      index += 1
      if own.contains(.opens) {
        depth += 1
      } else if own.contains(.closes) {
        depth = max(0, depth - 1)
      }
      if own.contains(.isContent) {
        last = tokens[index - 1].kind
        if last != .string { isDocstring = false }
      } else if own.contains(.endsLine), depth == 0 || tokens[index - 1].kind == .newline {
        break
      }
    }
    most = max(most, blanks)
    let isComment = !all.contains(.isContent)
    let end = Int(tokens[index - 1].end)
    defer {
      if !isComment { most = 0 }
      lineStart = end
    }
    return StatementLine(
      kind: kind(of: first), first: tokens[first], last: last, end: end, isComment: isComment,
      isDocstring: isDocstring,
      indent: columns(ofIndentation: lineStart..<Int(tokens[first].start), in: bytes),
      blanks: blanks, blankRange: blankRange, most: most)
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

/// The width of the spaces and tabs that a line begins with, a tab going to the next multiple of four.
func columns(ofIndentation range: Range<Int>, in bytes: [UInt8]) -> Int {
  var column = 0
  for byte in bytes[range] {
    if byte == 0x20 {
      column += 1
    } else if byte == 0x09 {
      column = (column / 4 + 1) * 4
    } else {
      break
    }
  }
  return column
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
