import Platform

/// Reads the bytes of one XML document into an ``XMLElement``.
struct XMLReader {
  private let bytes: [UInt8]
  private var index = 0

  private static let deepest = 64

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(ParseFailure) -> XMLElement {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    var open: [XMLElement] = []
    var texts: [[UInt8]] = []
    var root: XMLElement?
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "<") else {
        let piece = try text()
        if !open.isEmpty {
          texts[texts.count - 1] += piece
        } else if !piece.allSatisfy(Self.isSpace) {
          throw failure("text outside of the elements")
        }
        continue
      }
      if skip("<?") {
        try skipPast("?>")
      } else if skip("<!--") {
        try skipPast("-->")
      } else if skip("<![CDATA[") {
        let start = index
        try skipPast("]]>")
        guard !open.isEmpty else { throw failure("text outside of the elements") }
        texts[texts.count - 1] += bytes[start..<(index - 3)]
      } else if skip("</") {
        let name = try name()
        skipSpace()
        try expect(">")
        guard var element = open.popLast(), let piece = texts.popLast(), element.name == name else {
          throw failure("`</\(name)>` closes nothing")
        }
        element.text = String(decoding: piece, as: UTF8.self)
        try place(element, &open, &root)
      } else {
        try expect("<")
        guard root == nil else { throw failure("a second element") }
        let element = XMLElement(name: try name())
        if try attributes() {
          try place(element, &open, &root)
        } else {
          guard open.count < Self.deepest else { throw failure("elements are nested too deep") }
          open.append(element)
          texts.append([])
        }
      }
    }
    guard open.isEmpty, let root else { throw failure("the document ends too early") }
    return root
  }

  private func place(
    _ element: XMLElement, _ open: inout [XMLElement], _ root: inout XMLElement?
  ) throws(ParseFailure) {
    if open.isEmpty {
      root = element
    } else {
      open[open.count - 1].children.append(element)
    }
  }

  /// Reads the attributes of an element; whether it has no content.
  private mutating func attributes() throws(ParseFailure) -> Bool {
    while true {
      skipSpace()
      if skip("/>") { return true }
      if skip(">") { return false }
      _ = try name()
      skipSpace()
      try expect("=")
      skipSpace()
      guard index < bytes.count, bytes[index] == 0x22 || bytes[index] == 0x27 else {
        throw failure("an attribute without quotes")
      }
      let quote = bytes[index]
      index += 1
      while index < bytes.count, bytes[index] != quote {
        guard bytes[index] != UInt8(ascii: "<") else { throw failure("`<` in an attribute") }
        index += 1
      }
      try expect(quote == 0x22 ? "\"" : "'")
    }
  }

  /// A name without its namespace.
  private mutating func name() throws(ParseFailure) -> String {
    let start = index
    while index < bytes.count, Self.isNameByte(bytes[index]) { index += 1 }
    let name = bytes[start..<index]
    guard let first = name.first, !(0x30...0x39).contains(first), first != UInt8(ascii: "-") else {
      throw failure("a name is missing")
    }
    let local = name.lastIndex(of: UInt8(ascii: ":")).map { name[($0 + 1)...] } ?? name
    return String(decoding: local, as: UTF8.self)
  }

  /// The text up to the next `<`, references resolved.
  private mutating func text() throws(ParseFailure) -> [UInt8] {
    var result: [UInt8] = []
    while index < bytes.count, bytes[index] != UInt8(ascii: "<") {
      if bytes[index] == UInt8(ascii: "&") {
        result += String(try reference()).utf8
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  private mutating func reference() throws(ParseFailure) -> Character {
    for (name, character) in Self.entities where skip(name) { return character }
    guard skip("&#") else { throw failure("an entity that is not known") }
    let radix: UInt32 = skip("x") ? 16 : 10
    var value: UInt32 = 0
    var count = 0
    while index < bytes.count, let digit = Character(UnicodeScalar(bytes[index])).hexDigitValue,
      digit < radix, count < 8
    {
      value = value &* radix &+ UInt32(digit)
      index += 1
      count += 1
    }
    guard count > 0, value > 0, let scalar = UnicodeScalar(value) else {
      throw failure("a reference to no character")
    }
    try expect(";")
    return Character(scalar)
  }

  private static let entities: [(StaticString, Character)] = [
    ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"),
  ]

  private mutating func skipSpace() {
    while index < bytes.count, Self.isSpace(bytes[index]) { index += 1 }
  }

  private mutating func skip(_ text: StaticString) -> Bool {
    let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    guard bytes[index...].starts(with: wanted) else { return false }
    index += wanted.count
    return true
  }

  private mutating func skipPast(_ text: StaticString) throws(ParseFailure) {
    while index < bytes.count {
      if skip(text) { return }
      index += 1
    }
    throw failure("the document ends too early")
  }

  private mutating func expect(_ text: StaticString) throws(ParseFailure) {
    guard skip(text) else { throw failure("`\(text)` is missing") }
  }

  private func failure(_ message: String) -> ParseFailure {
    let before = bytes[..<min(index, bytes.count)]
    let line = 1 + before.count { $0 == 0x0A }
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return ParseFailure("not XML: \(message)", line: line, column: before.count - start + 1)
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
    default:
      byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: ".")
    }
  }
}
