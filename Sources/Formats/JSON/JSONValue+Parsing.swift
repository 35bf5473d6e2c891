import Platform

extension JSONValue {
  /// Parses UTF-8 JSON text.
  ///
  /// - Parameter allowsNonFinite: whether the words `NaN`, `Infinity` and `-Infinity`, which Python writes, are numbers.
  /// - Throws: ``ParseFailure`` with line and column; nesting deeper than 512 is one.
  package init(parsing bytes: [UInt8], allowsNonFinite: Bool = false) throws(ParseFailure) {
    var parser = JSONParser(bytes: bytes, allowsNonFinite: allowsNonFinite)
    self = try parser.parseDocument()
  }

  /// Parses JSON text; see ``init(parsing:allowsNonFinite:)``.
  package init(parsing text: String, allowsNonFinite: Bool = false) throws(ParseFailure) {
    try self.init(parsing: Array(text.utf8), allowsNonFinite: allowsNonFinite)
  }
}

extension JSONValue {
  /// Reads the string whose opening quote is at a place of a text.
  ///
  /// - Throws: ``ParseFailure`` with line and column in the whole text.
  static func string(in bytes: [UInt8], at place: Int) throws(ParseFailure) -> String {
    var parser = JSONParser(bytes: bytes, allowsNonFinite: false)
    parser.position = place
    return try parser.parseString()
  }
}

/// A recursive descent over the bytes. No index is used before it is compared with the end.
private struct JSONParser {
  let bytes: [UInt8]
  let allowsNonFinite: Bool
  var position = 0
  var depth = 0

  init(bytes: [UInt8], allowsNonFinite: Bool) {
    self.bytes = bytes
    self.allowsNonFinite = allowsNonFinite
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  mutating func parseDocument() throws(ParseFailure) -> JSONValue {
    let value = try parseValue()
    skipSpace()
    guard position == bytes.count else { throw failure("unexpected text after the JSON value") }
    return value
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private mutating func parseValue() throws(ParseFailure) -> JSONValue {
    skipSpace()
    guard let byte = current else { throw failure("unexpected end of JSON") }
    switch byte {
    case UInt8(ascii: "{"): return try nested { (p) throws(ParseFailure) in try p.parseObject() }
    case UInt8(ascii: "["): return try nested { (p) throws(ParseFailure) in try p.parseArray() }
    case UInt8(ascii: "\""): return .string(try parseString())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "N") where allowsNonFinite: return try word("NaN", .double(.nan))
    case UInt8(ascii: "I") where allowsNonFinite: return try word("Infinity", .double(.infinity))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try parseNumber()
    default: throw failure("unexpected character in JSON")
    }
  }

  private mutating func nested(
    _ parse: (inout JSONParser) throws(ParseFailure) -> JSONValue
  ) throws(ParseFailure) -> JSONValue {
    depth += 1
    guard depth <= 512 else { throw failure("JSON is nested too deeply") }
    position += 1
    let value = try parse(&self)
    depth -= 1
    return value
  }

  private mutating func parseObject() throws(ParseFailure) -> JSONValue {
    var members: [JSONValue.Member] = []
    skipSpace()
    if take(UInt8(ascii: "}")) { return .object([]) }
    while true {
      skipSpace()
      guard current == UInt8(ascii: "\"") else { throw failure("expected a key in double quotes") }
      let key = try parseString()
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw failure("expected `:` after the key") }
      members.append(.init(key, try parseValue()))
      skipSpace()
      if take(UInt8(ascii: ",")) { continue }
      guard take(UInt8(ascii: "}")) else { throw failure("expected `,` or `}`") }
      return .object(members)
    }
  }

  private mutating func parseArray() throws(ParseFailure) -> JSONValue {
    var values: [JSONValue] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return .array([]) }
    while true {
      values.append(try parseValue())
      skipSpace()
      if take(UInt8(ascii: ",")) { continue }
      guard take(UInt8(ascii: "]")) else { throw failure("expected `,` or `]`") }
      return .array(values)
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    position += 1
    return true
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(ParseFailure)
    -> JSONValue
  {
    let expected = word.withUTF8Buffer { Array($0) }
    guard bytes[position...].starts(with: expected) else {
      throw failure("unexpected character in JSON")
    }
    position += expected.count
    return value
  }

  private mutating func parseNumber() throws(ParseFailure) -> JSONValue {
    let start = position
    let isNegative = take(UInt8(ascii: "-"))
    if isNegative, allowsNonFinite, current == UInt8(ascii: "I") {
      return try word("Infinity", .double(-.infinity))
    }
    var isWhole = true
    let whole = takeDigits()
    guard whole > 0 else { throw failure("expected a digit") }
    if whole > 1, bytes[start + (isNegative ? 1 : 0)] == UInt8(ascii: "0") {
      throw failure("a number must not start with 0")
    }
    if take(UInt8(ascii: ".")) {
      isWhole = false
      guard takeDigits() > 0 else { throw failure("expected a digit after the point") }
    }
    if let byte = current, byte | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      position += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      guard takeDigits() > 0 else { throw failure("expected a digit in the exponent") }
    }
    if isWhole, let value = wholeNumber(start..<position) { return .int(value) }
    guard let value = Double(text(start..<position)) else { throw failure("not a number") }
    return .double(value)
  }

  /// Nil when it does not fit 64 bits.
  private func wholeNumber(_ range: Range<Int>) -> Int64? {
    let isNegative = bytes[range.lowerBound] == UInt8(ascii: "-")
    var value: Int64 = 0
    for index in range.dropFirst(isNegative ? 1 : 0) {
      let (product, isLarge) = value.multipliedReportingOverflow(by: 10)
      let digit = Int64(bytes[index] - UInt8(ascii: "0"))
      let (next, isLarger) =
        isNegative
        ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
      guard !isLarge, !isLarger else { return nil }
      value = next
    }
    return value
  }

  private mutating func takeDigits() -> Int {
    let start = position
    while let byte = current, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
    return position - start
  }

  mutating func parseString() throws(ParseFailure) -> String {
    position += 1
    let start = position
    let isASCII = skipPlainText()
    // Most strings are names: neither escapes nor anything to validate.
    if isASCII, current == UInt8(ascii: "\"") {
      position += 1
      return text(start..<position - 1)
    }
    var text = Array(bytes[start..<position])
    while true {
      guard let byte = current else { throw failure("a string that never ends") }
      guard byte >= 0x20 else { throw failure("a control character in a string") }
      position += 1
      if byte == UInt8(ascii: "\"") { break }
      try parseEscape(into: &text)
      let start = position
      skipPlainText()
      text.append(contentsOf: bytes[start..<position])
    }
    guard let string = String(validating: text, as: UTF8.self) else {
      throw failure("a string that is not UTF-8")
    }
    return string
  }

  /// Goes to what ends a string, escapes something in it, or must not stand there; gives whether all before is ASCII.
  @discardableResult
  private mutating func skipPlainText() -> Bool {
    var isASCII: Bool
    (position, isASCII) = bytes.withUnsafeBufferPointer { [position] in
      ByteWord.plainText($0, from: position)
    }
    while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      if byte >= 0x80 { isASCII = false }
      position += 1
    }
    return isASCII
  }

  /// Bytes that are known to be ASCII.
  private func text(_ range: Range<Int>) -> String {
    bytes.withUnsafeBufferPointer {
      String(decoding: UnsafeBufferPointer(rebasing: $0[range]), as: UTF8.self)
    }
  }

  private mutating func parseEscape(into text: inout [UInt8]) throws(ParseFailure) {
    guard let byte = current else { throw failure("a string that never ends") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var unit = try parseHex4()
      if unit & 0xFC00 == 0xD800, position + 1 < bytes.count, current == UInt8(ascii: "\\"),
        bytes[position + 1] == UInt8(ascii: "u")
      {
        let mark = position
        position += 2
        let low = try parseHex4()
        if low & 0xFC00 == 0xDC00 {
          unit = 0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF)
        } else {
          position = mark
        }
      }
      // A lone surrogate cannot stand in UTF-8: it becomes U+FFFD.
      let scalar = Unicode.Scalar(unit) ?? "\u{FFFD}"
      text.append(contentsOf: Array(String(Character(scalar)).utf8))
    default:
      position -= 1
      throw failure("an unknown escape in a string")
    }
  }

  private mutating func parseHex4() throws(ParseFailure) -> UInt32 {
    guard position + 4 <= bytes.count else { throw failure("a string that never ends") }
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue,
        bytes[position] < 0x80
      else { throw failure("expected four hexadecimal digits") }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  private func failure(_ message: String) -> ParseFailure {
    let before = bytes[..<min(position, bytes.count)]
    let line = 1 + before.count { $0 == 0x0A }
    let lineStart = (before.lastIndex(of: 0x0A) ?? -1) + 1
    // Continuation bytes do not count: a column is a character.
    let column = 1 + before[lineStart...].count { $0 & 0xC0 != 0x80 }
    return ParseFailure(message, line: line, column: column)
  }
}
