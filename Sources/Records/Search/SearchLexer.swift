import Platform

/// Splits a filter or an order into tokens, where MLflow's parser (sqlparse) splits it.
struct SearchLexer {
  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var tokens: [SearchToken] = []

  /// - Throws: ``ParseFailure`` with the column of a character that has no place here.
  static func tokens(of text: String) throws(ParseFailure) -> [SearchToken] {
    var lexer = SearchLexer(scalars: Array(text.unicodeScalars))
    try lexer.run()
    return lexer.tokens
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  private func scalar(at index: Int) -> Unicode.Scalar? {
    index < scalars.count ? scalars[index] : nil
  }

  private mutating func run() throws(ParseFailure) {
    while let next = scalar(at: position) {
      if next.properties.isWhitespace || (0x1C...0x1F).contains(next.value) {
        position += 1
      } else if next == "'" || next == "\"" || next == "`" {
        try takeQuoted(next)
      } else if let end = numberEnd() {
        add(.number, to: end)
      } else if next.isWordScalar {
        add(.word, to: end { $0.isWordScalar })
      } else if "<>=~!".unicodeScalars.contains(next) {
        add(.comparison, to: end { "<>=~!".unicodeScalars.contains($0) })
      } else if ".(),*/-:".unicodeScalars.contains(next) {
        add(.mark, to: position + 1)
      } else {
        throw SearchLexer.unexpected(next, at: position)
      }
    }
  }

  private static func unexpected(_ scalar: Unicode.Scalar, at position: Int) -> ParseFailure {
    let hint: String? =
      switch scalar {
      case ";": "there is no `;`; join clauses with AND"
      case "#", "$", "@", "[", "]": "put a name with other characters in backticks"
      default: nil
      }
    let shown = scalar.isASCII && scalar.value >= 0x20 ? "`\(scalar)`" : scalar.debugDescription
    return ParseFailure("unexpected \(shown)", line: 1, column: position + 1, hint: hint)
  }

  private func end(while belongs: (Unicode.Scalar) -> Bool) -> Int {
    scalars[position...].firstIndex { !belongs($0) } ?? scalars.count
  }

  private mutating func add(_ kind: SearchToken.Kind, to end: Int) {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[position..<end])
    tokens.append(SearchToken(kind: kind, text: String(text), range: position..<end))
    position = end
  }

  /// Quoted text runs to its closing quote. A doubled quote, and in `'` and `"` one after a backslash, does not close it, unless
  /// the text would never end then; both stay in the text as they are.
  private mutating func takeQuoted(_ quote: Unicode.Scalar) throws(ParseFailure) {
    let start = position
    var index = start + 1
    var fallback: Int?
    while let scalar = scalar(at: index) {
      if scalar.value == 0 { throw SearchLexer.unexpected(scalar, at: index) }
      if scalar == quote {
        guard self.scalar(at: index + 1) == quote else { return addQuoted(quote, closing: index) }
        fallback = index
        index += 2
      } else if scalar == "\\", quote != "`", self.scalar(at: index + 1) == quote {
        fallback = index + 1
        index += 2
      } else {
        index += 1
      }
    }
    guard let fallback else {
      throw ParseFailure(
        "a quote that is never closed", line: 1, column: start + 1, hint: "close it with \(quote)")
    }
    addQuoted(quote, closing: fallback)
  }

  private mutating func addQuoted(_ quote: Unicode.Scalar, closing end: Int) {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[(position + 1)..<end])
    tokens.append(
      SearchToken(
        kind: .quoted(Character(quote)), text: String(text), range: position..<(end + 1)))
    position = end + 1
  }

  /// Where a number that begins here ends; nil when none does: `5`, `-5`, `5.`, `.5`, `1e5`, `1.5E-3`, `1e+5`.
  ///
  /// Digits that go on as a word, such as `12abc`, are no number.
  private func numberEnd() -> Int? {
    var index = position
    if scalar(at: index) == "-" {
      // `a-1`: the dash of a name.
      if let last = tokens.last, last.range.upperBound == position, last.kind == .word {
        return nil
      }
      index += 1
    }
    let whole = digitsEnd(index)
    var end = whole
    if scalar(at: whole) == "." {
      // The point of a name: `metrics.5`.
      if whole == index, let last = tokens.last, last.range.upperBound == position,
        last.kind != .comparison
      {
        return nil
      }
      end = digitsEnd(whole + 1)
      if end == whole + 1, whole == index { return nil }
    } else if whole == index {
      return nil
    }
    if let exponent = scalar(at: end), exponent == "e" || exponent == "E",
      end != whole + 1 || whole == end
    {
      var digits = end + 1
      if let sign = scalar(at: digits), sign == "-" || sign == "+" { digits += 1 }
      let last = digitsEnd(digits)
      if last > digits { end = last }
    }
    if let next = scalar(at: end), next.isWordScalar { return nil }
    return end
  }

  private func digitsEnd(_ start: Int) -> Int {
    var index = start
    while let scalar = scalar(at: index), (0x30...0x39).contains(scalar.value) { index += 1 }
    return index
  }
}
