import Formats
import Platform

extension NotebookJSON {
  /// How deep arrays and objects may lie inside of each other.
  package static let deepest = 500

  /// Reads a UTF-8 text of JSON (RFC 8259) as Python's `json.loads` does, `NaN`, `Infinity` and `-Infinity` included.
  ///
  /// Of keys that repeat the last one stays; a lone surrogate (`\ud800`) becomes U+FFFD; a byte order mark is skipped.
  ///
  /// - Throws: ``ParseFailure`` with line and column, also for bytes that are not UTF-8 and for values more than
  ///   ``deepest`` deep.
  package init(parsing bytes: [UInt8]) throws(ParseFailure) {
    if let offset = Self.firstInvalidOffset(in: bytes) {
      throw ParseFailure("bytes that are not UTF-8", at: offset, in: bytes)
    }
    self = try NotebookJSONScanner.document(bytes)
  }

  /// Where the bytes stop to be UTF-8.
  static func firstInvalidOffset(in bytes: [UInt8]) -> Int? {
    do {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }
}

/// Goes through bytes that are UTF-8 once. No byte is looked at before its place is compared with the end.
private struct NotebookJSONScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var place = 0
  private var depth = 0

  private init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  static func document(_ bytes: [UInt8]) throws(ParseFailure) -> NotebookJSON {
    let result = bytes.withUnsafeBufferPointer { buffer -> Result<NotebookJSON, ParseFailure> in
      var scanner = NotebookJSONScanner(buffer)
      do throws(ParseFailure) {
        let value = try scanner.value()
        scanner.skipSpace()
        guard scanner.place == buffer.count else {
          throw scanner.failure("there is more text behind the JSON value")
        }
        return .success(value)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private mutating func value() throws(ParseFailure) -> NotebookJSON {
    skipSpace()
    guard place < bytes.count else { throw failure("the JSON ends where a value is missing") }
    switch bytes[place] {
    case UInt8(ascii: "{"):
      try enter()
      let members = try members()
      depth -= 1
      return .object(NotebookObject(members: members))
    case UInt8(ascii: "["):
      try enter()
      let items = try items()
      depth -= 1
      return .array(items)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "N"): return try word("NaN", .number("NaN"))
    case UInt8(ascii: "I"): return try word("Infinity", .number("Infinity"))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw failure("a JSON value is missing here")
    }
  }

  private mutating func enter() throws(ParseFailure) {
    depth += 1
    guard depth <= NotebookJSON.deepest else {
      throw failure("the JSON is nested more than \(NotebookJSON.deepest) deep")
    }
    place += 1
  }

  private mutating func members() throws(ParseFailure) -> [NotebookObject.Member] {
    var members: [NotebookObject.Member] = []
    skipSpace()
    if take("}") { return [] }
    while true {
      skipSpace()
      guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else {
        throw failure("a key in double quotes is missing here")
      }
      let key = try string()
      skipSpace()
      guard take(":") else { throw failure("`:` is missing behind the key") }
      members.append(NotebookObject.Member(key: key, value: try value()))
      skipSpace()
      if take("}") { return members }
      guard take(",") else { throw failure("`,` or `}` is missing here") }
    }
  }

  private mutating func items() throws(ParseFailure) -> [NotebookJSON] {
    var items: [NotebookJSON] = []
    skipSpace()
    if take("]") { return [] }
    while true {
      items.append(try value())
      skipSpace()
      if take("]") { return items }
      guard take(",") else { throw failure("`,` or `]` is missing here") }
    }
  }

  private mutating func word(
    _ word: StaticString, _ value: NotebookJSON
  ) throws(ParseFailure) -> NotebookJSON {
    let isThere = word.withUTF8Buffer { bytes[place...].starts(with: $0) }
    guard isThere else { throw failure("a JSON value is missing here") }
    place += word.utf8CodeUnitCount
    return value
  }

  private mutating func number() throws(ParseFailure) -> NotebookJSON {
    let start = place
    let isNegative = take("-")
    if isNegative, place < bytes.count, bytes[place] == UInt8(ascii: "I") {
      return try word("Infinity", .number("-Infinity"))
    }
    var isWhole = true
    let first = place
    guard takeDigits() > 0 else { throw failure("a digit is missing here") }
    if place - first > 1, bytes[first] == UInt8(ascii: "0") {
      place = first
      throw failure("a JSON number does not start with 0")
    }
    if take(".") {
      isWhole = false
      guard takeDigits() > 0 else { throw failure("a digit is missing behind the point") }
    }
    if take("e") || take("E") {
      isWhole = false
      _ = take("+") || take("-")
      guard takeDigits() > 0 else { throw failure("a digit is missing in the exponent") }
    }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    if isWhole { return .number(text == "-0" ? "0" : text) }
    return .double(Double(text) ?? .nan)
  }

  private mutating func takeDigits() -> Int {
    let start = place
    while place < bytes.count, bytes[place] >= 0x30, bytes[place] <= 0x39 { place += 1 }
    return place - start
  }

  private mutating func string() throws(ParseFailure) -> String {
    let quote = place
    place += 1
    let start = place
    var escapes = false
    while true {
      place = ByteWord.plainText(bytes, from: place).end
      guard place < bytes.count else { break }
      switch bytes[place] {
      case UInt8(ascii: "\""):
        let raw = UnsafeBufferPointer(rebasing: bytes[start..<place])
        place += 1
        guard escapes else { return String(decoding: raw, as: UTF8.self) }
        return NotebookJSONEscapes.text(of: raw)
      case UInt8(ascii: "\\"):
        escapes = true
        try checkEscape()
      case 0..<0x20:
        throw failure("a control character stands in a JSON string; it is `\\n`, `\\t`…")
      default: place += 1
      }
    }
    place = quote
    throw failure("a JSON string begins here and does not end")
  }

  private mutating func checkEscape() throws(ParseFailure) {
    guard place + 1 < bytes.count else {
      place = bytes.count
      return
    }
    switch bytes[place + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      place += 2
    case UInt8(ascii: "u"):
      guard place + 6 <= bytes.count,
        bytes[(place + 2)..<(place + 6)].allSatisfy({ NotebookJSONEscapes.hexDigit($0) != nil })
      else { throw failure("`\\u` stands without four hexadecimal digits") }
      place += 6
    default: throw failure("JSON has no such escape; a backslash is written as `\\\\`")
    }
  }

  private mutating func skipSpace() {
    while place < bytes.count {
      switch bytes[place] {
      case 0x20, 0x0A, 0x0D, 0x09: place += 1
      default: return
      }
    }
  }

  private mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard place < bytes.count, bytes[place] == UInt8(ascii: sign) else { return false }
    place += 1
    return true
  }

  private func failure(_ message: String) -> ParseFailure {
    ParseFailure(message, at: place, in: bytes)
  }
}
