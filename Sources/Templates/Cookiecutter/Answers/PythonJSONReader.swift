import Platform

/// Reads JSON as CPython's `json.loads` does, with its messages: big integers, `NaN`, the last value of a repeated key.
package struct PythonJSONReader {
  /// A text that is no JSON; the message is CPython 3.11's.
  package struct Invalid: Error, Sendable {
    package var message: String
    /// Counted from 1.
    package var line: Int
    package var column: Int
  }

  private let scalars: [Unicode.Scalar]
  private let mapsAreOrdered: Bool
  private var position = 0
  private var depth = 0

  /// - Parameter mapsAreOrdered: whether objects become `OrderedDict`s.
  package static func read(
    _ bytes: [UInt8], mapsAreOrdered: Bool = true
  ) throws(Invalid) -> Answer {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Invalid(message: "the file is not UTF-8 text", line: 1, column: 1)
    }
    return try read(text, mapsAreOrdered: mapsAreOrdered)
  }

  package static func read(
    _ text: String, mapsAreOrdered: Bool = true
  ) throws(Invalid) -> Answer {
    var reader = PythonJSONReader(text, mapsAreOrdered: mapsAreOrdered)
    return try reader.document()
  }

  private init(_ text: String, mapsAreOrdered: Bool) {
    // Python opens the file as text: every line end is `\n`.
    var scalars: [Unicode.Scalar] = []
    scalars.reserveCapacity(text.utf8.count)
    var lastWasReturn = false
    for scalar in text.unicodeScalars {
      if scalar == "\n", lastWasReturn {
        lastWasReturn = false
        continue
      }
      lastWasReturn = scalar == "\r"
      scalars.append(lastWasReturn ? "\n" : scalar)
    }
    self.scalars = scalars
    self.mapsAreOrdered = mapsAreOrdered
  }

  private mutating func document() throws(Invalid) -> Answer {
    if scalars.first == "\u{FEFF}" {
      throw invalid("Unexpected UTF-8 BOM (decode using utf-8-sig)", 0)
    }
    skipSpace()
    let value = try value()
    skipSpace()
    guard position == scalars.count else { throw invalid("Extra data", position) }
    return value
  }

  private var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private mutating func skipSpace() {
    while let scalar = current, scalar == " " || scalar == "\n" || scalar == "\t" || scalar == "\r"
    { position += 1 }
  }

  private func invalid(_ message: String, _ place: Int) -> Invalid {
    let before = scalars[..<min(place, scalars.count)]
    let line = 1 + before.count { $0 == "\n" }
    let column = place - (before.lastIndex(of: "\n") ?? -1)
    return Invalid(
      message: "\(message): line \(line) column \(column) (char \(place))", line: line,
      column: column)
  }

  private mutating func value() throws(Invalid) -> Answer {
    switch current {
    case "\"":
      position += 1
      return .string(try text())
    case "{", "[":
      depth += 1
      guard depth <= 500 else { throw invalid("The text is nested too deeply", position) }
      defer { depth -= 1 }
      let isMap = current == "{"
      position += 1
      return isMap ? .map(try map()) : .list(try list())
    case "n" where take("null"): return .none
    case "t" where take("true"): return .bool(true)
    case "f" where take("false"): return .bool(false)
    case "N" where take("NaN"): return .float(.nan)
    case "I" where take("Infinity"): return .float(.infinity)
    case "-" where take("-Infinity"): return .float(-.infinity)
    default: return try number()
    }
  }

  private mutating func take(_ word: String) -> Bool {
    let expected = word.unicodeScalars
    guard scalars[position...].starts(with: expected) else { return false }
    position += expected.count
    return true
  }

  private mutating func map() throws(Invalid) -> AnswerMap {
    var entries: [AnswerMap.Entry] = []
    var places: [[UInt8]: Int] = [:]
    skipSpace()
    if current == "}" {
      position += 1
      return AnswerMap([], isOrdered: mapsAreOrdered)
    }
    while true {
      guard current == "\"" else {
        throw invalid("Expecting property name enclosed in double quotes", position)
      }
      position += 1
      let key = try text()
      skipSpace()
      guard current == ":" else { throw invalid("Expecting ':' delimiter", position) }
      position += 1
      skipSpace()
      let value = try value()
      if let place = places.updateValue(entries.count, forKey: Array(key.utf8)) {
        places[Array(key.utf8)] = place
        entries[place].value = value
      } else {
        entries.append(.init(key, value))
      }
      skipSpace()
      if current == "}" {
        position += 1
        return AnswerMap(entries, isOrdered: mapsAreOrdered)
      }
      guard current == "," else { throw invalid("Expecting ',' delimiter", position) }
      position += 1
      skipSpace()
    }
  }

  private mutating func list() throws(Invalid) -> [Answer] {
    var values: [Answer] = []
    skipSpace()
    if current == "]" {
      position += 1
      return []
    }
    while true {
      values.append(try value())
      skipSpace()
      if current == "]" {
        position += 1
        return values
      }
      guard current == "," else { throw invalid("Expecting ',' delimiter", position) }
      position += 1
      skipSpace()
    }
  }

  private mutating func number() throws(Invalid) -> Answer {
    let start = position
    var isWhole = true
    if current == "-" { position += 1 }
    if current == "0" {
      position += 1
    } else if takeDigits() == 0 {
      position = start
      throw invalid("Expecting value", start)
    }
    let whole = position
    if current == "." {
      position += 1
      if takeDigits() > 0 { isWhole = false } else { position = whole }
    }
    let mantissa = position
    if position == whole || !isWhole, current == "e" || current == "E" {
      position += 1
      if current == "+" || current == "-" { position += 1 }
      if takeDigits() > 0 { isWhole = false } else { position = mantissa }
    }
    let text = String(String.UnicodeScalarView(scalars[start..<position]))
    if !isWhole { return .float(Double(text) ?? .nan) }
    if let value = Int(text) { return .int(value) }
    let digits = text.utf8.count - (text.hasPrefix("-") ? 1 : 0)
    guard digits <= 4300 else {
      var error = invalid("", position)
      error.message =
        "Exceeds the limit (4300 digits) for integer string conversion: value has \(digits) digits; "
        + "use sys.set_int_max_str_digits() to increase the limit"
      throw error
    }
    return .bigInt(text)
  }

  private mutating func takeDigits() -> Int {
    let start = position
    while let scalar = current, scalar >= "0", scalar <= "9" { position += 1 }
    return position - start
  }

  /// Behind the opening quote.
  private mutating func text() throws(Invalid) -> String {
    let begin = position - 1
    var result = String.UnicodeScalarView()
    while let scalar = current {
      position += 1
      switch scalar {
      case "\"": return String(result)
      case "\\": result.append(try escape(begin))
      case _ where scalar.value < 0x20:
        throw invalid("Invalid control character at", position - 1)
      default: result.append(scalar)
      }
    }
    throw invalid("Unterminated string starting at", begin)
  }

  private mutating func escape(_ begin: Int) throws(Invalid) -> Unicode.Scalar {
    guard let scalar = current else { throw invalid("Unterminated string starting at", begin) }
    position += 1
    switch scalar {
    case "\"", "\\", "/": return scalar
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u":
      let unit = try hexadecimal()
      if unit & 0xFC00 == 0xD800, current == "\\", position + 1 < scalars.count,
        scalars[position + 1] == "u"
      {
        let mark = position
        position += 2
        let low = try hexadecimal()
        if low & 0xFC00 == 0xDC00 {
          let value = 0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF)
          return Unicode.Scalar(value) ?? "\u{FFFD}"
        }
        position = mark
      }
      // A lone surrogate has no place in UTF-8.
      return Unicode.Scalar(unit) ?? "\u{FFFD}"
    default: throw invalid("Invalid \\escape", position - 2)
    }
  }

  private mutating func hexadecimal() throws(Invalid) -> UInt32 {
    let start = position
    guard start + 4 < scalars.count else { throw invalid("Invalid \\uXXXX escape", start - 1) }
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard scalars[position].isASCII,
        let digit = Character(scalars[position]).hexDigitValue
      else { throw invalid("Invalid \\uXXXX escape", start - 1) }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }
}
