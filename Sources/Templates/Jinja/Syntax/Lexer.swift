import BigInt

/// Cuts a template into tokens, one at a time, by the rules of `jinja2.lexer` (3.1.6).
///
/// The text between tags is not looked at byte by byte: the first byte of a delimiter is searched, and the piece is kept
/// as a range of the source.
struct Lexer {
  let source: [UInt8]
  let delimiters: Delimiters
  private var position = 0
  private var line: Int32 = 1
  private var lastLine: Int32 = 1
  private var mode = Mode.root
  private var isLineStart = true
  /// Closing brackets that are waited for.
  private var open: [UInt8] = []
  /// A token found together with the one before.
  private var pending: Token?
  /// The value of the last string token.
  private(set) var string = Text.empty
  /// The value of the last number token.
  private(set) var number = Literal.none

  private enum Mode { case root, block, variable, lineStatement, raw, comment, lineComment }

  init(_ source: SourceText, delimiters: Delimiters) {
    self.source = source.bytes
    self.delimiters = delimiters
  }

  /// The next token; `end` for ever at the end.
  ///
  /// - Throws: `TemplateSyntaxError` in Jinja2's words.
  mutating func next() throws(TemplateError) -> Token {
    var token = try read()
    // Jinja2 gives the end the line of the last token.
    if token.kind == .end { token.position.line = lastLine } else { lastLine = token.position.line }
    return token
  }

  private mutating func read() throws(TemplateError) -> Token {
    if let token = pending {
      pending = nil
      return token
    }
    while true {
      guard position < source.count || (mode == .lineStatement && open.isEmpty) else {
        return token(.end, from: position, to: position)
      }
      switch mode {
      case .root: if let token = readData() { return token }
      case .raw: if let token = try readRaw() { return token }
      case .comment: try skipComment()
      case .lineComment: skipLineComment()
      case .block, .variable, .lineStatement: if let token = try readTag() { return token }
      }
    }
  }

  private func token(_ kind: Token.Kind, from start: Int, to end: Int) -> Token {
    Token(
      kind: kind, position: Position(line: line, offset: Int32(clamping: start)),
      end: Int32(clamping: end))
  }

  private func error(_ message: String, at offset: Int? = nil) -> TemplateError {
    var error = TemplateError("TemplateSyntaxError", message, line: Int(line))
    error.column = SourceColumn.column(of: offset ?? position, in: source)
    return error
  }

  private func newlines(_ start: Int, _ end: Int) -> Int32 {
    source.withUnsafeBufferPointer { bytes in
      var count: Int32 = 0
      for index in start..<end where bytes[index] == 0x0A { count += 1 }
      return count
    }
  }

  // MARK: Text between tags

  /// Reads text up to the next tag, and begins the tag; nil when there is no text.
  private mutating func readData() -> Token? {
    let start = position
    guard let tag = delimiters.firstTag(in: source, from: position) else {
      let data = token(.data, from: start, to: source.count)
      line += newlines(start, source.count)
      position = source.count
      return data
    }
    let end = strip(
      from: start, to: tag.start, sign: tag.sign, allowsLstrip: tag.kind != .variable)
    var data: Token?
    if end > start { data = token(.data, from: start, to: end) }
    line += newlines(start, tag.start)
    // A minus counts the lines it removes; lstrip removes none.
    position = tag.end
    switch tag.kind {
    case .raw:
      mode = .raw
      line += newlines(tag.start, tag.end)
    case .comment: mode = .comment
    case .lineComment: mode = .lineComment
    case .block, .lineStatement:
      mode = tag.kind == .block ? .block : .lineStatement
      pending = token(.blockBegin, from: tag.start, to: tag.end)
    case .variable:
      mode = .variable
      pending = token(.variableBegin, from: tag.start, to: tag.end)
    }
    isLineStart = source[tag.end - 1] == 0x0A
    if let data { return data }
    defer { pending = nil }
    return pending
  }

  /// Where the text in front of a tag ends once its sign and `lstrip_blocks` are obeyed.
  private func strip(from start: Int, to end: Int, sign: UInt8, allowsLstrip: Bool) -> Int {
    source.withUnsafeBufferPointer { bytes in
      if sign == UInt8(ascii: "-") { return SourceText.startOfSpace(bytes, end, from: start) }
      guard sign != UInt8(ascii: "+"), delimiters.lstripBlocks, allowsLstrip else { return end }
      var lineStart = end
      while lineStart > start, bytes[lineStart - 1] != 0x0A { lineStart -= 1 }
      guard lineStart > start || isLineStart, lineStart < end else { return end }
      return SourceText.startOfSpace(bytes, end, from: lineStart) == lineStart ? lineStart : end
    }
  }

  private mutating func readRaw() throws(TemplateError) -> Token? {
    let start = position
    guard let tag = delimiters.endOfRaw(in: source, from: position) else {
      throw error("Missing end of raw directive")
    }
    let end = strip(from: start, to: tag.start, sign: tag.sign, allowsLstrip: true)
    let data = token(.data, from: start, to: end)
    line += newlines(start, tag.end)
    position = tag.end
    isLineStart = source[tag.end - 1] == 0x0A
    mode = .root
    return end > start ? data : nil
  }

  private mutating func skipComment() throws(TemplateError) {
    guard let end = delimiters.endOfComment(in: source, from: position) else {
      throw error("Missing end of comment tag")
    }
    line += newlines(position, end)
    position = end
    isLineStart = source[end - 1] == 0x0A
    mode = .root
  }

  private mutating func skipLineComment() {
    while position < source.count, source[position] != 0x0A { position += 1 }
    isLineStart = false
    mode = .root
  }

  // MARK: Inside a tag

  private mutating func readTag() throws(TemplateError) -> Token? {
    if let token = readEnd() { return token }
    guard position < source.count else { return nil }
    let start = position
    position = source.withUnsafeBufferPointer { SourceText.endOfSpace($0, start) }
    if position > start {
      line += newlines(start, position)
      if let token = readEnd() { return token }
      guard position < source.count else { return nil }
    }
    let byte = source[position]
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return try readNumber()
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"), 0x80...0xFF:
      return try readName()
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      if let token = try readString(byte) { return token }
      throw unexpectedCharacter()
    default: return try readOperator(byte)
    }
  }

  /// The end of the tag, when it stands here.
  private mutating func readEnd() -> Token? {
    guard open.isEmpty, let end = endOfTag() else { return nil }
    let kind = mode == .variable ? Token.Kind.variableEnd : .blockEnd
    let token = token(kind, from: position, to: end)
    line += newlines(position, end)
    isLineStart = end > position && source[end - 1] == 0x0A
    position = end
    mode = .root
    return token
  }

  private func endOfTag() -> Int? {
    switch mode {
    case .variable: delimiters.endOfVariable(in: source, at: position)
    case .lineStatement: endOfLineStatement()
    default: delimiters.endOfBlock(in: source, at: position)
    }
  }

  /// White space up to the last line end in it, or up to the end of the template.
  private func endOfLineStatement() -> Int? {
    source.withUnsafeBufferPointer { bytes in
      let end = SourceText.endOfSpace(bytes, position)
      if end == bytes.count { return end }
      var index = end
      while index > position {
        if bytes[index - 1] == 0x0A { return index }
        index -= 1
      }
      return nil
    }
  }

  private mutating func readName() throws(TemplateError) -> Token {
    let start = position
    var end = source.withUnsafeBufferPointer { Identifier.endOfPlainName($0, start) }
    var isASCII = true
    while end < source.count, source[end] >= 0x80 || Identifier.isNameByte(source[end]) {
      if source[end] < 0x80 {
        end += 1
        continue
      }
      var next = end
      guard let scalar = Unicode.Scalar(Text.decode(source, &next)), Identifier.isNamePart(scalar)
      else { break }
      isASCII = false
      end = next
    }
    guard end > start else { throw unexpectedCharacter() }
    guard isASCII || Identifier.isValid(Text(source[start..<end])) else {
      throw error("Invalid character in identifier")
    }
    var name = token(.name, from: start, to: end)
    name.keyword = source.withUnsafeBufferPointer {
      Keyword.find(UnsafeBufferPointer(rebasing: $0[start..<end]))
    }
    position = end
    return name
  }

  private mutating func readOperator(_ byte: UInt8) throws(TemplateError) -> Token {
    let next = position + 1 < source.count ? source[position + 1] : 0
    guard let (kind, width) = Token.Kind.operator(byte, next) else { throw unexpectedCharacter() }
    switch kind {
    case .leftBrace: open.append(UInt8(ascii: "}"))
    case .leftBracket: open.append(UInt8(ascii: "]"))
    case .leftParenthesis: open.append(UInt8(ascii: ")"))
    case .rightBrace, .rightBracket, .rightParenthesis:
      guard let expected = open.popLast() else {
        throw error("unexpected '\(kind.rawValue)'")
      }
      guard expected == byte else {
        throw error(
          "unexpected '\(kind.rawValue)', expected '\(Unicode.Scalar(expected))'")
      }
    default: break
    }
    defer { position += width }
    return token(kind, from: position, to: position + width)
  }

  private mutating func readNumber() throws(TemplateError) -> Token {
    let isAfterDot = position > 0 && source[position - 1] == UInt8(ascii: ".")
    let scanner = NumberScanner(source, position)
    let token: Token
    if !isAfterDot, let end = scanner.endOfFloat() {
      number = .float(scanner.float(to: end))
      token = self.token(.float, from: position, to: end)
    } else {
      let end = scanner.endOfInteger()
      guard end > position else { return try readName() }
      guard let value = scanner.integer(to: end) else {
        let digits = source[position..<end].count { $0 != UInt8(ascii: "_") }
        throw TemplateError(
          "ValueError",
          "Exceeds the limit (4300 digits) for integer string conversion: value has \(digits) "
            + "digits; use sys.set_int_max_str_digits() to increase the limit", line: Int(line))
      }
      number = value
      token = self.token(.integer, from: position, to: end)
    }
    position = Int(token.end)
    return token
  }

  /// Nil when the string never ends.
  private mutating func readString(_ quote: UInt8) throws(TemplateError) -> Token? {
    var end = position + 1
    var isPlain = true
    while end < source.count, source[end] != quote {
      if source[end] == UInt8(ascii: "\\") {
        isPlain = false
        end += 1
      } else if source[end] == 0x0A {
        isPlain = false
      }
      end += 1
    }
    guard end < source.count else { return nil }
    let content = source[(position + 1)..<end]
    let token = token(.string, from: position, to: end + 1)
    if isPlain {
      string = Text(content)
    } else {
      switch StringEscapes.decoded(content, newline: delimiters.newline) {
      case .success(let text): string = text
      case .failure(let problem): throw error(problem.message)
      }
    }
    line += newlines(position, end + 1)
    position = end + 1
    return token
  }

  private func unexpectedCharacter() -> TemplateError {
    var end = position
    _ = Text.decode(source, &end)
    let shown = Printing.repr(Text(source[position..<end]))
    let index = Text(source[..<position]).count
    return error("unexpected char \(shown) at \(index)")
  }
}
