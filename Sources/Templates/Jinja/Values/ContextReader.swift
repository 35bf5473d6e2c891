import BigInt
import Platform

/// Reads JSON as Python's `json.loads` does: integers of any size, `NaN` and the infinities, lone surrogates kept.
///
/// Formats' own JSON values hold 64-bit integers; a template's context must not lose a digit.
package struct ContextReader {
  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  /// - Throws: ``ParseFailure`` with line and column.
  package static func read(_ bytes: [UInt8]) throws(ParseFailure) -> ContextValue {
    var reader = ContextReader(bytes: bytes)
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw reader.failure("the text is not UTF-8")
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.position = 3 }
    let value = try reader.value()
    reader.skipSpace()
    guard reader.position == bytes.count else {
      throw reader.failure("unexpected text after the JSON value")
    }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func failure(_ message: String) -> ParseFailure {
    let end = min(position, bytes.count)
    return ParseFailure(
      message, line: 1 + bytes[..<end].count { $0 == 0x0A },
      column: SourceColumn.column(of: end, in: bytes))
  }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    position += 1
    return true
  }

  private mutating func take(word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard position + count <= bytes.count else { return false }
    for offset in 0..<count where bytes[position + offset] != word.utf8Start[offset] {
      return false
    }
    position += count
    return true
  }

  private mutating func value() throws(ParseFailure) -> ContextValue {
    skipSpace()
    guard let byte = current else { throw failure("unexpected end of JSON") }
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      depth += 1
      guard depth <= 500 else { throw failure("JSON is nested too deeply") }
      defer { depth -= 1 }
      position += 1
      return byte == UInt8(ascii: "{") ? try object() : try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): if take(word: "true") { return .bool(true) }
    case UInt8(ascii: "f"): if take(word: "false") { return .bool(false) }
    case UInt8(ascii: "n"): if take(word: "null") { return .none }
    case UInt8(ascii: "N"): if take(word: "NaN") { return .float(.nan) }
    case UInt8(ascii: "I"): if take(word: "Infinity") { return .float(.infinity) }
    case UInt8(ascii: "-") where take(word: "-Infinity"): return .float(-.infinity)
    case UInt8(ascii: "-"), 0x30...0x39: return try number()
    default: break
    }
    throw failure("unexpected character in JSON")
  }

  private mutating func object() throws(ParseFailure) -> ContextValue {
    var pairs: [ContextPair] = []
    skipSpace()
    if take(UInt8(ascii: "}")) { return .dict([], isOrdered: false) }
    while true {
      skipSpace()
      guard current == UInt8(ascii: "\"") else { throw failure("expected a key in double quotes") }
      let key = try string()
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw failure("expected `:` after the key") }
      pairs.append(ContextPair(.string(key), try value()))
      skipSpace()
      if take(UInt8(ascii: ",")) { continue }
      guard take(UInt8(ascii: "}")) else { throw failure("expected `,` or `}`") }
      return .dict(pairs, isOrdered: false)
    }
  }

  private mutating func array() throws(ParseFailure) -> ContextValue {
    var values: [ContextValue] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return .list([]) }
    while true {
      values.append(try value())
      skipSpace()
      if take(UInt8(ascii: ",")) { continue }
      guard take(UInt8(ascii: "]")) else { throw failure("expected `,` or `]`") }
      return .list(values)
    }
  }

  private mutating func digits() -> Int {
    let start = position
    while let byte = current, byte >= 0x30, byte <= 0x39 { position += 1 }
    return position - start
  }

  private mutating func number() throws(ParseFailure) -> ContextValue {
    let start = position
    _ = take(UInt8(ascii: "-"))
    let first = position
    guard digits() > 0 else { throw failure("expected a digit") }
    guard position == first + 1 || bytes[first] != 0x30 else {
      throw failure("a number must not start with 0")
    }
    var isWhole = true
    if take(UInt8(ascii: ".")) {
      isWhole = false
      guard digits() > 0 else { throw failure("expected a digit after the point") }
    }
    if let byte = current, byte | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      position += 1
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      guard digits() > 0 else { throw failure("expected a digit in the exponent") }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole {
      if let small = Int(text) { return .int(small) }
      guard text.utf8.count <= 4301, let big = BigInt(text, radix: 10) else {
        throw failure("a number of more than 4300 digits")
      }
      return .bigInt(big)
    }
    guard let value = Double(text) else { throw failure("not a number") }
    return .float(value)
  }

  private mutating func string() throws(ParseFailure) -> Text {
    position += 1
    var text: [UInt8] = []
    while true {
      let start = position
      while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
        position += 1
      }
      text += bytes[start..<position]
      guard let byte = current else { throw failure("a string that never ends") }
      position += 1
      if byte == UInt8(ascii: "\"") { break }
      try escape(into: &text)
    }
    return Text(bytes: text)
  }

  private mutating func escape(into text: inout [UInt8]) throws(ParseFailure) {
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
      var unit = try hex()
      if unit & 0xFC00 == 0xD800, take(word: "\\u") {
        let low = try hex()
        if low & 0xFC00 == 0xDC00 {
          unit = 0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF)
        } else {
          position -= 6
        }
      }
      Text.append(unit, to: &text)
    default:
      position -= 1
      throw failure("an unknown escape in a string")
    }
  }

  private mutating func hex() throws(ParseFailure) -> UInt32 {
    guard position + 4 <= bytes.count else { throw failure("a string that never ends") }
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard bytes[position] < 0x80,
        let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue
      else { throw failure("expected four hexadecimal digits") }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }
}
