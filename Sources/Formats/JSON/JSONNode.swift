import Platform

/// A JSON value with its place in the text, for tools that change parts and leave the rest as it is.
package struct JSONNode: Sendable {
  package indirect enum Content: Sendable {
    case object([Member])
    case array([JSONNode])
    /// Between the quotes, as it is written.
    case string
    /// `12`, `true`, `null`: as it is written.
    case plain
  }

  package struct Member: Sendable {
    /// With its escapes read.
    package var key: String
    /// With the quotes.
    package var keyRange: Range<Int>
    package var value: JSONNode
  }

  package var content: Content
  /// In bytes; of a string with its quotes.
  package var range: Range<Int>

  /// What stands below an object's key; of the last one, where it repeats, as most readers do.
  package subscript(key: String) -> JSONNode? { members?.last { $0.key == key }?.value }

  package var members: [Member]? { if case .object(let members) = content { members } else { nil } }

  package var items: [JSONNode]? { if case .array(let items) = content { items } else { nil } }

  package var isString: Bool { if case .string = content { true } else { false } }

  /// The text of a string with its escapes read; nil for everything else.
  ///
  /// - Parameter bytes: what it was read from.
  package func string(in bytes: [UInt8]) -> String? {
    guard isString else { return nil }
    guard bytes[range].contains(UInt8(ascii: "\\")) else {
      return String(decoding: bytes[range].dropFirst().dropLast(), as: UTF8.self)
    }
    return try? JSONValue.string(in: bytes, at: range.lowerBound)
  }

  /// A number, `true`, `false` or `null` as it is written; nil for everything else.
  package func plain(in bytes: [UInt8]) -> String? {
    guard case .plain = content else { return nil }
    return String(decoding: bytes[range], as: UTF8.self)
  }
}

extension JSONNode {
  /// Reads a text of JSON (RFC 8259).
  ///
  /// - Throws: ``ParseFailure`` with line and column; for values inside of more than 500 others too.
  package init(parsing bytes: [UInt8]) throws(ParseFailure) {
    var scanner = JSONNodeScanner(bytes)
    self = try scanner.document()
  }
}

/// Goes through a text once.
private struct JSONNodeScanner {
  private let bytes: [UInt8]
  private var place = 0
  private static let deepest = 500

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  mutating func document() throws(ParseFailure) -> JSONNode {
    let node = try value(0)
    skipSpace()
    guard place == bytes.count else { throw failure("there is more behind the value") }
    return node
  }

  private mutating func value(_ depth: Int) throws(ParseFailure) -> JSONNode {
    guard depth < Self.deepest else { throw failure("it is nested more than \(Self.deepest) deep") }
    skipSpace()
    guard place < bytes.count else { throw failure("a value is missing at the end") }
    let start = place
    switch bytes[place] {
    case UInt8(ascii: "{"):
      place += 1
      let members = try members(depth)
      return JSONNode(content: .object(members), range: start..<place)
    case UInt8(ascii: "["):
      place += 1
      let items = try items(depth)
      return JSONNode(content: .array(items), range: start..<place)
    case UInt8(ascii: "\""):
      try string()
      return JSONNode(content: .string, range: start..<place)
    default:
      while place < bytes.count, Self.isPlain(bytes[place]) { place += 1 }
      let word = bytes[start..<place]
      guard Self.words.contains(where: word.elementsEqual) || Self.isNumber(word) else {
        place = start
        throw failure("there is no value here")
      }
      return JSONNode(content: .plain, range: start..<place)
    }
  }

  private mutating func members(_ depth: Int) throws(ParseFailure) -> [JSONNode.Member] {
    var members: [JSONNode.Member] = []
    skipSpace()
    if take("}") { return [] }
    while true {
      skipSpace()
      let start = place
      guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else {
        throw failure("a name in quotes is missing")
      }
      try string()
      let name = JSONNode(content: .string, range: start..<place)
      skipSpace()
      guard take(":") else { throw failure("`:` is missing") }
      let value = try value(depth + 1)
      members.append(
        JSONNode.Member(
          key: name.string(in: bytes) ?? "", keyRange: name.range, value: value))
      skipSpace()
      if take("}") { return members }
      guard take(",") else { throw failure("`,` or `}` is missing") }
    }
  }

  private mutating func items(_ depth: Int) throws(ParseFailure) -> [JSONNode] {
    var items: [JSONNode] = []
    skipSpace()
    if take("]") { return [] }
    while true {
      items.append(try value(depth + 1))
      skipSpace()
      if take("]") { return items }
      guard take(",") else { throw failure("`,` or `]` is missing") }
    }
  }

  private mutating func string() throws(ParseFailure) {
    let start = place
    place += 1
    while true {
      place = bytes.withUnsafeBufferPointer { ByteWord.plainText($0, from: place).end }
      guard place < bytes.count else { break }
      switch bytes[place] {
      case UInt8(ascii: "\""):
        place += 1
        return
      case UInt8(ascii: "\\"): place += 2
      case 0..<0x20: throw failure("a control character stands in a text")
      default: place += 1
      }
    }
    place = start
    throw failure("a text does not end")
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

  private static let words = ["true", "false", "null", "NaN", "Infinity", "-Infinity"].map {
    Array($0.utf8)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x30 && byte <= 0x39 || byte >= 0x41 && byte <= 0x5A || byte >= 0x61 && byte <= 0x7A
      || byte == 0x2B || byte == 0x2D || byte == 0x2E
  }

  private static func isNumber(_ word: ArraySlice<UInt8>) -> Bool {
    var rest = word
    func digits(_ rest: inout ArraySlice<UInt8>) -> Int {
      let count = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == 0x2D { rest = rest.dropFirst() }
    let isZero = rest.first == 0x30
    let whole = digits(&rest)
    guard whole > 0, !isZero || whole == 1 else { return false }
    if rest.first == 0x2E {
      rest = rest.dropFirst()
      guard digits(&rest) > 0 else { return false }
    }
    if rest.first == 0x65 || rest.first == 0x45 {
      rest = rest.dropFirst()
      if rest.first == 0x2B || rest.first == 0x2D { rest = rest.dropFirst() }
      guard digits(&rest) > 0 else { return false }
    }
    return rest.isEmpty
  }

  private func failure(_ message: String) -> ParseFailure {
    let before = bytes[..<min(place, bytes.count)]
    let line = before.count { $0 == 0x0A } + 1
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let column = before[start...].count { $0 & 0xC0 != 0x80 } + 1
    return ParseFailure(message, line: line, column: column)
  }
}
