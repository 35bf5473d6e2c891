/// Cuts a Python file into tokens, by the rules of CPython's `Parser/lexer` (3.8 to 3.14).
///
/// Everything is a loop: no input makes it recurse. What is no token becomes an `error` token with a problem beside it,
/// and reading goes on, at the next line if need be. The bytes are read from a copy that ends in zeros, so looking a few
/// bytes ahead needs no comparison with the end.
struct Tokenizer {
  let bytes: UnsafePointer<UInt8>
  let count: Int
  var position = 0
  var tokens: TokenBuffer
  let classes = ByteClass.table
  let isNamePart = ByteClass.isNamePart
  var problems: [SyntaxProblem] = []
  /// The indentation of the open blocks, with tabs to 8 and to 1: the two must agree in their order.
  private var indents: [(column: Int, narrow: Int)] = [(0, 0)]
  /// Open brackets and replacement fields.
  var brackets: [OpenBracket] = []
  /// Open f-strings and t-strings.
  var formats: [OpenFormat] = []
  var isLineStart = true
  /// How far lines have been counted for messages.
  var counted = (offset: 0, line: 1)

  struct OpenBracket {
    var byte: UInt8
    /// Opens a replacement field.
    var isField = false
    /// The field's format spec is being read, which is text again.
    var isSpec = false
    var offset: Int
  }

  struct OpenFormat {
    var quote: UInt8
    var isTriple: Bool
    var isRaw: Bool
    /// How many brackets were open before it.
    var depth: Int
    var offset: Int
  }

  /// As many blocks as CPython allows in one another.
  private static let maximumIndents = 100

  static func tokenize(_ source: [UInt8]) -> TokenList {
    guard source.count < Int(UInt32.max) - 64 else {
      return TokenList(
        source: [], tokens: [Token(start: 0, end: 0, kind: .end)],
        problems: [
          SyntaxProblem(kind: .size, start: 0, end: 0, message: "the file is larger than 4 GiB")
        ], lines: [UInt8]().withUnsafeBufferPointer(LineTable.init))
    }
    let padded = UnsafeMutablePointer<UInt8>.allocate(capacity: source.count + 16)
    defer { padded.deallocate() }
    source.withUnsafeBufferPointer { bytes in
      if let base = bytes.baseAddress { padded.update(from: base, count: bytes.count) }
    }
    (padded + source.count).update(repeating: 0, count: 16)
    var tokenizer = Tokenizer(bytes: padded, count: source.count)
    defer { tokenizer.tokens.free() }
    tokenizer.run()
    tokenizer.reportHiddenNulls(in: source)
    return TokenList(
      source: source, tokens: tokenizer.tokens.array(), problems: tokenizer.problems,
      lines: source.withUnsafeBufferPointer(LineTable.init),
      encoding: EncodingDeclaration.find(in: source))
  }

  private init(bytes: UnsafePointer<UInt8>, count: Int) {
    self.bytes = bytes
    self.count = count
    tokens = TokenBuffer(capacity: count / 4 + 16)
  }

  @inline(__always)
  mutating func emit(_ kind: TokenKind, from start: Int, to end: Int) {
    tokens.append(
      Token(
        start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end), kind: kind))
  }

  /// An `error` token, and why.
  mutating func fail(
    _ message: String, from start: Int, to end: Int, kind: SyntaxProblem.Kind = .syntax,
    at place: Int? = nil
  ) {
    emit(.error, from: start, to: end)
    problems.append(
      SyntaxProblem(
        kind: kind, start: place ?? start, end: max(end, place ?? start), message: message))
  }

  /// Whether the next bytes are an f-string's text and not its expressions.
  private var isText: Bool {
    guard let format = formats.last else { return false }
    guard brackets.count > format.depth else { return true }
    return brackets[brackets.count - 1].isSpec
  }

  private mutating func run() {
    if count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
    while true {
      if !formats.isEmpty, isText {
        readFormatText()
        continue
      }
      if isLineStart {
        isLineStart = false
        if brackets.isEmpty, !readIndentation() { continue }
      }
      var byte = bytes[position]
      while byte == 0x20 || byte == 0x09 || byte == 0x0C {
        position += 1
        byte = bytes[position]
      }
      switch classes[Int(byte)] {
      case ByteClass.letter: readName(from: position)
      case ByteClass.stringPrefix:
        if !readPrefixedString() { readName(from: position) }
      case ByteClass.wide: readName(from: position)
      case ByteClass.digit: readNumber()
      case ByteClass.quote: readString(from: position)
      case ByteClass.lineEnd: readLineEnd()
      default:
        if byte == 0, position >= count {
          readEnd()
          return
        }
        readOperator(byte)
      }
    }
  }

  // MARK: Lines

  /// The bytes of the line end at an offset: 0, 1 or 2.
  @inline(__always)
  func lineEndLength(at offset: Int) -> Int {
    if bytes[offset] == 0x0A { return 1 }
    guard bytes[offset] == 0x0D else { return 0 }
    return bytes[offset + 1] == 0x0A ? 2 : 1
  }

  private mutating func readLineEnd() {
    let start = position
    position += lineEndLength(at: position)
    if brackets.isEmpty, isInStatement {
      emit(.newline, from: start, to: position)
    } else {
      emit(.lineBreak, from: start, to: position)
    }
    isLineStart = true
  }

  /// Whether the line holds more than comments.
  private var isInStatement: Bool {
    var last = tokens.last
    if last == .comment { last = tokens.beforeLast }
    guard let last else { return false }
    return last != .newline && !last.isTrivia && last != .indent && last != .dedent
  }

  private mutating func readComment() {
    let start = position
    while true {
      let byte = bytes[position]
      if byte == 0x0A || byte == 0x0D { break }
      if byte == 0, position >= count { break }
      position += 1
    }
    emit(.comment, from: start, to: position)
  }

  /// Reads the space before a statement; false when the line is blank or a comment, which it reads to its end.
  private mutating func readIndentation() -> Bool {
    var column = 0
    var narrow = 0
    /// The column where a backslash has broken the indentation.
    var broken: (Int, Int)?
    let start = position
    scan: while true {
      switch bytes[position] {
      case 0x20:
        column += 1
        narrow += 1
      case 0x09:
        column = (column / 8 + 1) * 8
        narrow += 1
      case 0x0C:
        column = 0
        narrow = 0
      case UInt8(ascii: "\\"):
        let length = lineEndLength(at: position + 1)
        guard length > 0 else { break scan }
        if broken == nil { broken = (column, narrow) }
        position += length
      default: break scan
      }
      position += 1
    }
    if let broken { (column, narrow) = broken }
    let byte = bytes[position]
    if byte == UInt8(ascii: "#") || byte == 0x0A || byte == 0x0D {
      if byte == UInt8(ascii: "#") { readComment() }
      let end = position
      position += lineEndLength(at: position)
      emit(.lineBreak, from: end, to: position)
      // A last comment without a line end leaves nothing to begin.
      isLineStart = true
      return false
    }
    if byte == 0, position >= count { return true }
    indent(to: column, narrow: narrow, from: start)
    return true
  }

  /// Opens or closes blocks.
  private mutating func indent(to column: Int, narrow: Int, from start: Int) {
    let current = indents[indents.count - 1]
    if column == current.column {
      if narrow != current.narrow { failTabs() }
      return
    }
    if column > current.column {
      guard indents.count < Self.maximumIndents else {
        fail(
          "too many levels of indentation", from: position, to: position, kind: .depth)
        return
      }
      indents.append((column, narrow))
      emit(.indent, from: start, to: position)
      if narrow <= current.narrow { failTabs() }
      return
    }
    while indents.count > 1, column < indents[indents.count - 1].column {
      indents.removeLast()
      emit(.dedent, from: position, to: position)
    }
    let reached = indents[indents.count - 1]
    if column != reached.column {
      fail(
        "unindent does not match any outer indentation level", from: position, to: position,
        kind: .indentation)
    } else if narrow != reached.narrow {
      failTabs()
    }
  }

  private mutating func failTabs() {
    fail(
      "inconsistent use of tabs and spaces in indentation", from: position, to: position,
      kind: .indentation)
  }

  private mutating func readEnd() {
    position = count
    if !brackets.isEmpty { failOpenBracket() }
    brackets.removeAll()
    if isInStatement {
      emit(.newline, from: count, to: count)
    } else if tokens.last == .comment {
      emit(.lineBreak, from: count, to: count)
    }
    for _ in indents.indices.dropFirst() { emit(.dedent, from: count, to: count) }
    emit(.end, from: count, to: count)
  }

  mutating func failOpenBracket() {
    guard let open = brackets.last else { return }
    let text = String(UnicodeScalar(open.byte))
    fail(
      open.isField ? "f-string: expecting '}'" : "'\(text)' was never closed",
      from: position, to: position, at: open.offset)
  }

  /// A zero byte in a string or a comment ends neither, but no Python file may hold one: the first is a problem.
  private mutating func reportHiddenNulls(in source: [UInt8]) {
    guard problems.isEmpty, let offset = source.firstIndex(of: 0), tokens.last == .end
    else { return }
    tokens.removeLast()
    fail(Self.nullMessage, from: count, to: count, at: offset)
    emit(.end, from: count, to: count)
  }

  private static let nullMessage = "source code cannot contain null bytes"

  // MARK: What is left over

  private mutating func readOperator(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "#"): readComment()
    case UInt8(ascii: "\\"): readContinuation()
    case UInt8(ascii: ".") where classes[Int(bytes[position + 1])] == ByteClass.digit:
      readNumber()
    default:
      let start = position
      let (kind, length) = Operator.read(bytes + position)
      guard kind != .error else {
        position += 1
        fail(byte == 0 ? Self.nullMessage : "invalid syntax", from: start, to: position)
        return
      }
      position += length
      switch kind {
      case .leftParenthesis, .leftBracket, .leftBrace:
        brackets.append(OpenBracket(byte: byte, offset: start))
        emit(kind, from: start, to: position)
      case .rightParenthesis, .rightBracket, .rightBrace:
        closeBracket(kind, byte, at: start)
      case .colon, .colonEqual:
        if let bracket = brackets.last, bracket.isField {
          // The spec begins, whatever follows the colon.
          position = start + 1
          brackets[brackets.count - 1].isSpec = true
          emit(.colon, from: start, to: position)
        } else {
          emit(kind, from: start, to: position)
        }
      case .exclamation where brackets.last?.isField != true:
        fail("invalid syntax", from: start, to: position)
      default: emit(kind, from: start, to: position)
      }
    }
  }

  private mutating func closeBracket(_ kind: TokenKind, _ byte: UInt8, at start: Int) {
    let text = String(UnicodeScalar(byte))
    guard let open = brackets.last, brackets.count > (formats.last?.depth ?? 0) else {
      let message =
        formats.isEmpty ? "unmatched '\(text)'" : "f-string: unmatched '\(text)'"
      fail(message, from: start, to: position)
      return
    }
    brackets.removeLast()
    // In ASCII a closing bracket follows its opening one by one or two.
    guard byte == open.byte + (open.byte == UInt8(ascii: "(") ? 1 : 2) else {
      fail(
        "closing parenthesis '\(text)' does not match opening parenthesis "
          + "'\(UnicodeScalar(open.byte))'", from: start, to: position)
      return
    }
    emit(kind, from: start, to: position)
  }

  /// A backslash, which joins this line to the next.
  private mutating func readContinuation() {
    let length = lineEndLength(at: position + 1)
    if length > 0 {
      let start = position
      position += 1 + length
      if position >= count {
        fail("unexpected EOF while parsing", from: start, to: position)
      }
      return
    }
    let start = position
    skipLine()
    fail(
      position >= count && start + 1 >= count
        ? "unexpected EOF while parsing" : "unexpected character after line continuation character",
      from: start, to: position)
  }

  /// Goes to the end of the line, where another statement can begin.
  mutating func skipLine() {
    while position < count, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
  }
}
