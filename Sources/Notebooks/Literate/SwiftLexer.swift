/// Cuts Swift into what is needed to know where its statements begin: words, symbols, literals of text, comments, line ends.
///
/// It never fails: what is not closed goes on to the end. Bare regular expressions (`/…/`) are taken for symbols, as only the
/// compiler can tell them from divisions.
struct SwiftLexer {
  struct Token: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
      /// Letters, digits, `_`, `$`, `@`, `#` and what stands between backticks.
      case word
      /// One byte of anything else.
      case symbol
      /// With its quotes.
      case string
      case comment
      case newline
    }

    var kind: Kind
    /// Bytes of the text.
    var range: Range<Int>
  }

  let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// All tokens of a text.
  static func tokens(of bytes: [UInt8]) -> [Token] {
    var lexer = SwiftLexer(bytes)
    var tokens: [Token] = []
    while let token = lexer.next() { tokens.append(token) }
    return tokens
  }

  mutating func next() -> Token? {
    while let byte = peek(), byte == 0x20 || byte == 0x09 || byte == 0x0D { place += 1 }
    guard let byte = peek() else { return nil }
    let start = place
    let kind: Token.Kind
    switch byte {
    case 0x0A:
      place += 1
      kind = .newline
    case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
      while let next = peek(), next != 0x0A { place += 1 }
      kind = .comment
    case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
      skipBlockComment()
      kind = .comment
    case UInt8(ascii: "\""):
      skipString(pounds: 0)
      kind = .string
    case UInt8(ascii: "#"):
      kind = pound()
    case UInt8(ascii: "`"):
      place += 1
      while let next = peek(), next != UInt8(ascii: "`"), next != 0x0A { place += 1 }
      place = min(place + 1, bytes.count)
      kind = .word
    default:
      if Self.isWord(byte) {
        while let next = peek(), Self.isWord(next) { place += 1 }
        kind = .word
      } else {
        place += 1
        kind = .symbol
      }
    }
    return Token(kind: kind, range: start..<place)
  }

  private func peek(_ ahead: Int = 0) -> UInt8? {
    place + ahead < bytes.count ? bytes[place + ahead] : nil
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"),
      UInt8(ascii: "@"), 0x80...:
      true
    default: false
    }
  }

  /// `#"…"#`, `#/…/#`, or a word such as `#if`.
  private mutating func pound() -> Token.Kind {
    var count = 0
    while peek(count) == UInt8(ascii: "#") { count += 1 }
    switch peek(count) {
    case UInt8(ascii: "\""):
      place += count
      skipString(pounds: count)
      return .string
    case UInt8(ascii: "/"):
      place += count + 1
      while place < bytes.count {
        if peek() == UInt8(ascii: "/"), closes(count, at: 1) {
          place += 1 + count
          return .string
        }
        place += 1
      }
      return .string
    default:
      place += count
      while let next = peek(), Self.isWord(next) { place += 1 }
      return .word
    }
  }

  /// Comments lie in one another.
  private mutating func skipBlockComment() {
    var depth = 0
    while let byte = peek() {
      if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
        depth += 1
        place += 2
      } else if byte == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
        depth -= 1
        place += 2
        if depth == 0 { return }
      } else {
        place += 1
      }
    }
  }

  /// Whether so many `#` stand there.
  private func closes(_ pounds: Int, at ahead: Int) -> Bool {
    (0..<pounds).allSatisfy { peek(ahead + $0) == UInt8(ascii: "#") }
  }

  /// A literal of text from its first quote on, with all that is interpolated into it.
  ///
  /// What is open is kept in a list, not on the stack: a file can be as deep as it likes.
  private mutating func skipString(pounds: Int) {
    struct Open {
      var pounds: Int
      var isMultiline: Bool
      /// Parentheses that are open in the interpolation which the text is in now; nil in the text itself.
      var parentheses: Int?
    }
    let quote = UInt8(ascii: "\"")
    func isTriple() -> Bool { peek() == quote && peek(1) == quote && peek(2) == quote }
    var open: [Open] = []
    func opening(_ pounds: Int) -> Open {
      Open(pounds: pounds, isMultiline: isTriple(), parentheses: nil)
    }
    open.append(opening(pounds))
    place += open[0].isMultiline ? 3 : 1
    while let byte = peek(), let inner = open.last {
      let last = open.count - 1
      if let depth = inner.parentheses {
        if byte == UInt8(ascii: "(") {
          open[last].parentheses = depth + 1
        } else if byte == UInt8(ascii: ")") {
          open[last].parentheses = depth == 1 ? nil : depth - 1
        } else if byte == quote {
          var pounds = 0
          while place > pounds, bytes[place - 1 - pounds] == UInt8(ascii: "#") { pounds += 1 }
          open.append(opening(pounds))
          place += open[last + 1].isMultiline ? 3 : 1
          continue
        }
        place += 1
      } else if byte == UInt8(ascii: "\\"), closes(inner.pounds, at: 1) {
        place += 1 + inner.pounds
        if peek() == UInt8(ascii: "(") { open[last].parentheses = 1 }
        // What is escaped ends nothing, but a line does.
        if let next = peek(), next != 0x0A { place += 1 }
      } else if byte == quote, inner.isMultiline ? isTriple() : true,
        closes(inner.pounds, at: inner.isMultiline ? 3 : 1)
      {
        place += (inner.isMultiline ? 3 : 1) + inner.pounds
        open.removeLast()
        if open.isEmpty { return }
      } else if byte == 0x0A, !inner.isMultiline {
        // Not closed on its line, which no Swift is.
        return
      } else {
        place += 1
      }
    }
    place = min(place, bytes.count)
  }
}
