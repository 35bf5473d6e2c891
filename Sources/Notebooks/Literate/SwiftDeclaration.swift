import Formats

/// `let rounds: Int = 200  // [1, 10000] how many`: a name that the parameters cell of a Swift notebook gives a value.
struct SwiftDeclaration: Sendable, Hashable {
  var name: String
  /// As it is written; nil when the value says it.
  var type: String?
  /// Bytes of the text: the value without what stands around it.
  var value: Range<Int>
  /// Behind `//`; empty without.
  var comment: String
  /// From 1.
  var line: Int
}

extension SwiftDeclaration {
  /// The constants and variables with values at the top level of a text, in their order.
  ///
  /// - Parameter lines: where to look, by the numbers of lines from 0; nil: everywhere.
  static func list(in bytes: [UInt8], lines: Range<Int>? = nil) -> [SwiftDeclaration] {
    var reader = Reader(bytes)
    return reader.read().filter { lines?.contains($0.line - 1) ?? true }
  }

  /// The value, where it is a literal.
  func literal(in bytes: [UInt8]) -> YAMLValue? { SwiftLiteral.value(of: Array(bytes[value])) }

  private struct Reader {
    let bytes: [UInt8]
    let tokens: [SwiftLexer.Token]
    var place = 0
    var line = 1
    var depth = 0

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
      tokens = SwiftLexer.tokens(of: bytes)
    }

    var token: SwiftLexer.Token? { place < tokens.count ? tokens[place] : nil }

    func text(_ token: SwiftLexer.Token) -> String {
      String(decoding: bytes[token.range], as: UTF8.self)
    }

    mutating func advance() {
      guard let token else { return }
      place += 1
      if token.kind == .symbol {
        switch bytes[token.range.lowerBound] {
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
        default: break
        }
      }
      for byte in bytes[token.range] where byte == 0x0A { line += 1 }
    }

    func isSymbol(_ symbol: Character) -> Bool {
      guard let token, token.kind == .symbol else { return false }
      return bytes[token.range.lowerBound] == symbol.asciiValue
    }

    mutating func read() -> [SwiftDeclaration] {
      var found: [SwiftDeclaration] = []
      var isStart = true
      while let token {
        if isStart, depth == 0, token.kind == .word, ["let", "var"].contains(text(token)) {
          advance()
          found += bindings()
          isStart = true
          continue
        }
        isStart = token.kind == .newline || isSymbol(";") || token.kind == .comment && isStart
        advance()
      }
      return found
    }

    /// `a: Int = 1, b = 2`.
    mutating func bindings() -> [SwiftDeclaration] {
      var found: [SwiftDeclaration] = []
      repeat {
        guard let name = token, name.kind == .word else { return found }
        let line = line
        var word = text(name)
        if word.hasPrefix("`") { word = String(word.dropFirst().dropLast()) }
        advance()
        var type: String?
        if isSymbol(":") {
          advance()
          let range = part { $0.isSymbol("=") || $0.isSymbol(",") }
          type = range.map { String(decoding: bytes[$0], as: UTF8.self) }
        }
        guard isSymbol("=") else { return found }
        advance()
        guard let value = part({ $0.isSymbol(",") || $0.isSymbol(";") }) else { return found }
        var comment = ""
        if let token, token.kind == .comment, bytes[token.range].starts(with: Array("//".utf8)) {
          comment = String(text(token).dropFirst(2))
        }
        found.append(
          SwiftDeclaration(name: word, type: type, value: value, comment: comment, line: line))
        guard isSymbol(",") else { return found }
        advance()
        while token?.kind == .newline { advance() }
      } while true
    }

    /// What stands up to an end of its own depth, a comment or the end of a line that says enough.
    mutating func part(_ isEnd: (Reader) -> Bool) -> Range<Int>? {
      let own = depth
      var range: Range<Int>?
      var isOpen = true
      while let token {
        if depth == own {
          if isEnd(self) || token.kind == .comment && !isOpen { break }
          if token.kind == .newline, !isOpen { break }
          if token.kind == .symbol, ")]}".utf8.contains(bytes[token.range.lowerBound]) { break }
        }
        if token.kind != .newline, token.kind != .comment {
          range = (range?.lowerBound ?? token.range.lowerBound)..<token.range.upperBound
          isOpen =
            token.kind == .symbol && "+-*/%&|^<>=?:.".utf8.contains(bytes[token.range.lowerBound])
          // `Int?` and `value!` are complete.
          if isSymbol("?") { isOpen = false }
        }
        advance()
      }
      return range
    }
  }
}
