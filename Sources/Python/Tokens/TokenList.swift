/// The tokens of one file, trivia included, and what could not be read.
package struct TokenList: Sendable {
  package var source: [UInt8]
  /// In source order; the last is `end`.
  package var tokens: [Token]
  /// Why there are `error` tokens, in the order of those tokens.
  package var problems: [SyntaxProblem]
  package var lines: LineTable
  /// The bytes of the name in an encoding declaration (PEP 263): text in another encoding is the caller's to decode.
  package var encoding: Range<Int>?
}

extension TokenList {
  /// Cuts a file into tokens; nothing throws, and what is no token is among ``problems``.
  package init(tokenizing source: [UInt8]) { self = Tokenizer.tokenize(source) }

  /// The text of a token.
  package func text(_ token: Token) -> String {
    String(decoding: source[token.range], as: UTF8.self)
  }

  /// The 1-based line of a byte, and its column in characters (Unicode scalars), 1-based too.
  package func place(of offset: Int) -> (line: Int, column: Int) {
    let line = lines.line(of: offset)
    var column = 1
    var index = lines.start(ofLine: line)
    // A byte-order mark is no character of the line.
    if index == 0, source.starts(with: [0xEF, 0xBB, 0xBF]) { index = min(3, offset) }
    while index < offset, index < source.count {
      if source[index] & 0xC0 != 0x80 { column += 1 }
      index += 1
    }
    return (line, column)
  }
}
