import Platform

/// The words of a TOML document: keys, strings, numbers, dates, and what stands between.
struct TOMLScanner {
  private let bytes: [UInt8]
  private(set) var place = 0
  private(set) var line = 1
  private var lineStart = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  var current: UInt8? { place < bytes.count ? bytes[place] : nil }

  /// Line and column of the next byte, counted from 1.
  var mark: (line: Int, column: Int) {
    let before = bytes[min(lineStart, place)..<min(place, bytes.count)]
    return (line, before.count { $0 & 0xC0 != 0x80 } + 1)
  }

  func failure(_ message: String) -> ParseFailure {
    ParseFailure(message, line: line, column: mark.column)
  }

  func checkText() throws(ParseFailure) {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw failure("it is not UTF-8") }
  }

  mutating func advance(_ count: Int = 1) { place = min(bytes.count, place + count) }

  mutating func take(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    place += 1
    return true
  }

  mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x09 { place += 1 }
  }

  private mutating func newline() -> Bool {
    if current == 0x0A {
      place += 1
    } else if current == 0x0D, place + 1 < bytes.count, bytes[place + 1] == 0x0A {
      place += 2
    } else {
      return false
    }
    line += 1
    lineStart = place
    return true
  }

  private mutating func skipComment() throws(ParseFailure) {
    guard current == UInt8(ascii: "#") else { return }
    while let byte = current, byte != 0x0A {
      if byte == 0x0D, place + 1 < bytes.count, bytes[place + 1] == 0x0A { return }
      guard byte >= 0x20 && byte != 0x7F || byte == 0x09 else {
        throw failure("a control character stands in a comment")
      }
      place += 1
    }
  }

  /// Spaces, comments and ends of lines.
  mutating func skipLines() throws(ParseFailure) {
    repeat {
      skipSpace()
      try skipComment()
    } while newline()
  }

  mutating func endOfLine() throws(ParseFailure) {
    skipSpace()
    try skipComment()
    guard current == nil || newline() else { throw failure("there is more on the line") }
  }

  // MARK: Keys

  private static func isBare(_ byte: UInt8) -> Bool {
    byte >= 0x30 && byte <= 0x39 || byte >= 0x41 && byte <= 0x5A || byte >= 0x61 && byte <= 0x7A
      || byte == 0x5F || byte == 0x2D
  }

  /// `a."b.c".d`, and the spaces behind.
  mutating func keys() throws(ParseFailure) -> [String] {
    var keys: [String] = []
    repeat {
      skipSpace()
      switch current {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        if bytes[place...].starts(with: [0x22, 0x22, 0x22])
          || bytes[place...].starts(with: [0x27, 0x27, 0x27])
        {
          throw failure("a name has one line")
        }
        keys.append(try string())
      default:
        let start = place
        while let byte = current, Self.isBare(byte) { place += 1 }
        guard place > start else { throw failure("a name is missing") }
        keys.append(String(decoding: bytes[start..<place], as: UTF8.self))
      }
      skipSpace()
      guard keys.count < 200 else { throw failure("a name has more than 200 parts") }
    } while take(UInt8(ascii: "."))
    return keys
  }

  // MARK: Strings

  mutating func string() throws(ParseFailure) -> String {
    let quote = bytes[place]
    let isLiteral = quote == UInt8(ascii: "'")
    let triple = [quote, quote, quote]
    let isLong = bytes[place...].starts(with: triple)
    advance(isLong ? 3 : 1)
    if isLong { _ = newline() }
    var text: [UInt8] = []
    while let byte = current {
      if byte == quote {
        if !isLong {
          advance()
          return String(decoding: text, as: UTF8.self)
        }
        if bytes[place...].starts(with: triple) {
          // Up to two quotes may stand before the three that end it.
          var count = 3
          while count < 5, place + count < bytes.count, bytes[place + count] == quote { count += 1 }
          text += Array(repeating: quote, count: count - 3)
          advance(count)
          return String(decoding: text, as: UTF8.self)
        }
      } else if byte == UInt8(ascii: "\\"), !isLiteral {
        try escape(isLong, &text)
        continue
      } else if byte == 0x0A || byte == 0x0D {
        guard isLong, newline() else { throw failure("a text does not end on its line") }
        text.append(0x0A)
        continue
      } else if byte < 0x20 && byte != 0x09 || byte == 0x7F {
        throw failure("a control character stands in a text")
      }
      text.append(byte)
      place += 1
    }
    throw failure("a text does not end")
  }

  private mutating func escape(_ isLong: Bool, _ text: inout [UInt8]) throws(ParseFailure) {
    place += 1
    guard let byte = current else { throw failure("a text does not end") }
    let simple: [UInt8: UInt8] = [
      0x62: 8, 0x74: 9, 0x6E: 10, 0x66: 12, 0x72: 13, 0x22: 0x22, 0x5C: 0x5C,
    ]
    if let value = simple[byte] {
      text.append(value)
      place += 1
      return
    }
    if byte == UInt8(ascii: "u") || byte == UInt8(ascii: "U") {
      let count = byte == UInt8(ascii: "u") ? 4 : 8
      let digits = bytes[(place + 1)...].prefix(count)
      guard digits.count == count, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
        let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
        let scalar = Unicode.Scalar(code)
      else { throw failure("this is no character") }
      text += Array(String(Character(scalar)).utf8)
      place += 1 + count
      return
    }
    // A backslash at the end of a line takes the line's end and the spaces behind it away.
    guard isLong, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D else {
      throw failure("there is no escape like this")
    }
    skipSpace()
    guard newline() else { throw failure("there is no escape like this") }
    repeat { skipSpace() } while newline()
  }

  // MARK: Numbers and dates

  mutating func plain() throws(ParseFailure) -> TOMLValue {
    let start = place
    while let byte = current, Self.isBare(byte) || byte == 0x2B || byte == 0x2E || byte == 0x3A {
      place += 1
    }
    var word = bytes[start..<place]
    // `1979-05-27 07:32:00`: a space between date and time.
    if word.count == 10, TOMLDate.isDate(word), current == 0x20, place + 3 <= bytes.count - 1,
      bytes[place + 1] >= 0x30, bytes[place + 1] <= 0x39, bytes[place + 3] == 0x3A
    {
      place += 1
      while let byte = current, Self.isBare(byte) || byte == 0x2B || byte == 0x2E || byte == 0x3A {
        place += 1
      }
      word = bytes[start..<place]
    }
    if let value = TOMLNumber.value(word) { return value }
    if TOMLDate.isValid(word) { return .date(String(decoding: word, as: UTF8.self)) }
    place = start
    throw failure(
      word.isEmpty ? "a value is missing" : "`\(String(decoding: word, as: UTF8.self))` is no value"
    )
  }
}
