import BigInt

/// Reads JSON as Python's `json.loads`, with its words about what is wrong.
struct JSONReader {
  private let points: [UInt32]
  private var position = 0
  private var depth = 0
  private static let deepest = 300

  /// - Throws: `JSONDecodeError`.
  static func value(of text: Text) throws(TemplateError) -> Value {
    var reader = JSONReader(points: text.codePoints)
    if reader.points.first == 0xFEFF {
      throw reader.failure("Unexpected UTF-8 BOM (decode using utf-8-sig)", at: 0)
    }
    reader.skipSpace()
    let value = try reader.value()
    reader.skipSpace()
    guard reader.position == reader.points.count else {
      throw reader.failure("Extra data", at: reader.position)
    }
    return value
  }

  private init(points: [UInt32]) { self.points = points }

  private func failure(_ message: String, at place: Int) -> TemplateError {
    let before = points.prefix(place)
    let line = before.count { $0 == 0x0A } + 1
    let column = place - (before.lastIndex(of: 0x0A) ?? -1)
    return TemplateError(
      "JSONDecodeError", "\(message): line \(line) column \(column) (char \(place))")
  }

  private var peek: UInt32? { position < points.count ? points[position] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == scalar.value else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let next = peek, next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 {
      position += 1
    }
  }

  private mutating func value() throws(TemplateError) -> Value {
    let start = position
    switch peek.flatMap({ Unicode.Scalar($0) }) {
    case "\"":
      position += 1
      return .string(try string())
    case "{":
      position += 1
      return try nested { (reader) throws(TemplateError) in try reader.object() }
    case "[":
      position += 1
      return try nested { (reader) throws(TemplateError) in try reader.array() }
    default: break
    }
    let words: [(String, Value)] = [
      ("null", Value.none), ("true", .bool(true)), ("false", .bool(false)), ("NaN", .float(.nan)),
      ("Infinity", .float(.infinity)), ("-Infinity", .float(-.infinity)),
    ]
    for (word, value) in words
    where points[position...].starts(with: word.unicodeScalars.map(\.value)) {
      position += word.utf8.count
      return value
    }
    guard let number = number() else { throw failure("Expecting value", at: start) }
    return number
  }

  private mutating func nested(
    _ read: (inout JSONReader) throws(TemplateError) -> Value
  ) throws(TemplateError) -> Value {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.deepest else {
      throw TemplateError(
        "RecursionError", "maximum recursion depth exceeded while decoding a JSON object")
    }
    return try read(&self)
  }

  private mutating func object() throws(TemplateError) -> Value {
    let box = DictBox()
    skipSpace()
    if take("}") { return .dict(box) }
    guard take("\"") else {
      throw failure("Expecting property name enclosed in double quotes", at: position)
    }
    while true {
      let key = try string()
      skipSpace()
      guard take(":") else { throw failure("Expecting ':' delimiter", at: position) }
      skipSpace()
      box.set(.string(key), try value())
      skipSpace()
      if take("}") { return .dict(box) }
      guard take(",") else { throw failure("Expecting ',' delimiter", at: position) }
      skipSpace()
      guard take("\"") else {
        throw failure("Expecting property name enclosed in double quotes", at: position)
      }
    }
  }

  private mutating func array() throws(TemplateError) -> Value {
    var items: [Value] = []
    skipSpace()
    if take("]") { return .list(items) }
    while true {
      items.append(try value())
      skipSpace()
      if take("]") { return .list(items) }
      guard take(",") else { throw failure("Expecting ',' delimiter", at: position) }
      skipSpace()
    }
  }

  private mutating func number() -> Value? {
    let start = position
    var end = position
    func isDigit(_ place: Int) -> Bool {
      place < points.count && points[place] >= 0x30 && points[place] <= 0x39
    }
    if end < points.count, points[end] == 0x2D { end += 1 }
    guard isDigit(end) else { return nil }
    if points[end] == 0x30 { end += 1 } else { while isDigit(end) { end += 1 } }
    var isFloat = false
    if end < points.count, points[end] == 0x2E, isDigit(end + 1) {
      isFloat = true
      end += 1
      while isDigit(end) { end += 1 }
    }
    if end < points.count, points[end] | 0x20 == 0x65 {
      var place = end + 1
      if place < points.count, points[place] == 0x2B || points[place] == 0x2D { place += 1 }
      if isDigit(place) {
        isFloat = true
        while isDigit(place) { place += 1 }
        end = place
      }
    }
    position = end
    let text = Text(codePoints: points[start..<end])
    if isFloat { return FloatText.parse(text).map { .float($0) } }
    return (try? IntegerText.parse(text, base: 10)).map { .integer($0) }
  }

  private mutating func string() throws(TemplateError) -> Text {
    let start = position - 1
    var result: [UInt32] = []
    while let point = peek {
      position += 1
      switch point {
      case 0x22: return Text(codePoints: result)
      case 0x5C:
        guard let escape = peek else { throw failure("Unterminated string starting at", at: start) }
        position += 1
        try appendEscape(escape, to: &result)
      case 0..<0x20: throw failure("Invalid control character at", at: position - 1)
      default: result.append(point)
      }
    }
    throw failure("Unterminated string starting at", at: start)
  }

  private mutating func appendEscape(
    _ escape: UInt32, to result: inout [UInt32]
  ) throws(TemplateError) {
    switch Unicode.Scalar(escape) {
    case "\"", "\\", "/": result.append(escape)
    case "b": result.append(8)
    case "f": result.append(0x0C)
    case "n": result.append(0x0A)
    case "r": result.append(0x0D)
    case "t": result.append(0x09)
    case "u":
      var point = try fourDigits()
      if point >= 0xD800, point <= 0xDBFF, points[position...].starts(with: [0x5C, 0x75]) {
        let back = position
        position += 2
        let low = try fourDigits()
        if low >= 0xDC00, low <= 0xDFFF {
          point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00)
        } else {
          position = back
        }
      }
      result.append(point)
    default: throw failure("Invalid \\escape", at: position - 2)
    }
  }

  private mutating func fourDigits() throws(TemplateError) -> UInt32 {
    let digits = points[position...].prefix(4)
    var value: UInt32 = 0
    for point in digits {
      switch point {
      case 0x30...0x39: value = value << 4 | (point - 0x30)
      case 0x41...0x46: value = value << 4 | (point - 0x37)
      case 0x61...0x66: value = value << 4 | (point - 0x57)
      default: throw failure("Invalid \\uXXXX escape", at: position - 1)
      }
    }
    guard digits.count == 4 else { throw failure("Invalid \\uXXXX escape", at: position - 1) }
    position += 4
    return value
  }
}
