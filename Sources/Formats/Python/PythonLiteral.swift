import Platform

/// A literal of Python: what `ast.literal_eval` takes, less numbers with fractions and bytes. Headers of NumPy's files are one.
package indirect enum PythonLiteral: Sendable, Hashable {
  case none
  case bool(Bool)
  case int(Int)
  case string(String)
  case list([PythonLiteral])
  case tuple([PythonLiteral])
  case dictionary([Entry])

  package struct Entry: Sendable, Hashable {
    package var key: PythonLiteral
    package var value: PythonLiteral

    package init(key: PythonLiteral, value: PythonLiteral) {
      self.key = key
      self.value = value
    }
  }

  /// What stands below a text as key.
  package subscript(key: String) -> PythonLiteral? {
    guard case .dictionary(let entries) = self else { return nil }
    return entries.last { $0.key == .string(key) }?.value
  }

  package var string: String? { if case .string(let text) = self { text } else { nil } }
  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  package var int: Int? { if case .int(let value) = self { value } else { nil } }

  /// The items of a list or a tuple.
  package var items: [PythonLiteral]? {
    switch self {
    case .list(let items), .tuple(let items): items
    default: nil
    }
  }
}

extension PythonLiteral {
  /// - Throws: ``ParseFailure`` for anything else, and for what is nested more than 32 deep.
  package init(parsing text: some Collection<UInt8>) throws(ParseFailure) {
    var scanner = PythonLiteralScanner(Array(text))
    self = try scanner.document()
  }
}

private struct PythonLiteralScanner {
  private let text: [UInt8]
  private var place = 0

  init(_ text: [UInt8]) { self.text = text }

  mutating func document() throws(ParseFailure) -> PythonLiteral {
    let value = try value(0)
    skipSpace()
    guard place == text.count else { throw failure() }
    return value
  }

  private func failure() -> ParseFailure { ParseFailure("no literal of Python", column: place + 1) }

  private mutating func skipSpace() {
    while place < text.count, text[place] == 0x20 || (0x09...0x0D).contains(text[place]) {
      place += 1
    }
  }

  private mutating func take(_ sign: Unicode.Scalar) -> Bool {
    skipSpace()
    guard place < text.count, text[place] == UInt8(ascii: sign) else { return false }
    place += 1
    return true
  }

  private mutating func value(_ depth: Int) throws(ParseFailure) -> PythonLiteral {
    guard depth < 32 else { throw failure() }
    if take("[") { return .list(try items(until: "]", depth).items) }
    if take("(") {
      let (items, hasComma) = try items(until: ")", depth)
      return items.count == 1 && !hasComma ? items[0] : .tuple(items)
    }
    if take("{") { return .dictionary(try entries(depth)) }
    skipSpace()
    guard place < text.count else { throw failure() }
    if text[place] == UInt8(ascii: "'") || text[place] == UInt8(ascii: "\"") {
      return .string(try string())
    }
    let word = text[place...].prefix {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) || $0 == 0x2D
    }
    place += word.count
    // Python 2 wrote an L behind long numbers.
    let name = String(decoding: word, as: UTF8.self)
    switch name {
    case "True": return .bool(true)
    case "False": return .bool(false)
    case "None": return .none
    default:
      guard let number = Int(name.hasSuffix("L") ? String(name.dropLast()) : name) else {
        throw failure()
      }
      return .int(number)
    }
  }

  private mutating func items(
    until end: Unicode.Scalar, _ depth: Int
  ) throws(ParseFailure) -> (items: [PythonLiteral], hasComma: Bool) {
    var items: [PythonLiteral] = []
    var hasComma = false
    while !take(end) {
      guard items.isEmpty || hasComma else { throw failure() }
      items.append(try value(depth + 1))
      hasComma = take(",")
    }
    return (items, hasComma)
  }

  private mutating func entries(_ depth: Int) throws(ParseFailure) -> [PythonLiteral.Entry] {
    var entries: [PythonLiteral.Entry] = []
    var hasComma = true
    while !take("}") {
      guard hasComma else { throw failure() }
      let key = try value(depth + 1)
      guard take(":") else { throw failure() }
      entries.append(.init(key: key, value: try value(depth + 1)))
      hasComma = take(",")
    }
    return entries
  }

  private mutating func string() throws(ParseFailure) -> String {
    let quote = text[place]
    var bytes: [UInt8] = []
    place += 1
    while place < text.count {
      let byte = text[place]
      place += 1
      if byte == quote { return String(decoding: bytes, as: UTF8.self) }
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      // Names with other escapes are rarer than the trouble that they would be.
      guard place < text.count, [quote, UInt8(ascii: "\\")].contains(text[place]) else {
        throw failure()
      }
      bytes.append(text[place])
      place += 1
    }
    throw failure()
  }
}
