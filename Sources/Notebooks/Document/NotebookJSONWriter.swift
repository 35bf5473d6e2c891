/// Writes values as Python's `json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)`, which is how nbformat
/// writes notebooks: one space a level, keys by code point, `\u00xx` for control characters and nothing else.
///
/// Bytes are handed on in pieces of about 256 kB, so that a notebook is never in memory a second time.
package struct NotebookJSONWriter: ~Copyable {
  private static let pieceSize = 1 << 18
  private static let hex = Array("0123456789abcdef".utf8)

  private var bytes: [UInt8] = []
  private let hand: ([UInt8]) throws -> Void
  var depth = 0

  private init(_ hand: @escaping ([UInt8]) throws -> Void) {
    self.hand = hand
    bytes.reserveCapacity(Self.pieceSize + 4096)
  }

  /// Hands on in pieces what a closure writes.
  package static func write(
    to hand: ([UInt8]) throws -> Void, _ body: (inout NotebookJSONWriter) throws -> Void
  ) throws {
    try withoutActuallyEscaping(hand) { hand in
      var writer = NotebookJSONWriter(hand)
      try body(&writer)
      if !writer.bytes.isEmpty { try hand(writer.bytes) }
    }
  }

  package mutating func write(_ value: NotebookJSON) throws {
    switch value {
    case .null: put("null")
    case .bool(let value): put(value ? "true" : "false")
    case .number(let text): put(text)
    case .string(let text): try write(text)
    case .array(let items):
      try list("[", "]", items) { writer, item in try writer.write(item) }
    case .object(let object):
      try list("{", "}", object.members) { writer, member in
        try writer.key(member.key)
        try writer.write(member.value)
      }
    }
  }

  /// Items between two brackets, each on a line of its own.
  mutating func list<Item>(
    _ open: StaticString, _ close: StaticString, _ items: [Item],
    each: (inout NotebookJSONWriter, Item) throws -> Void
  ) throws {
    put(open)
    depth += 1
    for (index, item) in items.enumerated() {
      if index > 0 { put(",") }
      newLine()
      try each(&self, item)
    }
    depth -= 1
    if !items.isEmpty { newLine() }
    put(close)
  }

  mutating func key(_ key: String) throws {
    try write(key)
    put(": ")
  }

  /// A text as an array of its lines, each with its end.
  mutating func lines(_ text: String) throws {
    var text = text
    put("[")
    depth += 1
    try text.withUTF8 { utf8 in
      var rest = utf8[...]
      var isFirst = true
      while !rest.isEmpty {
        let end = PythonLines.endOfLine(in: rest)
        if !isFirst { put(",") }
        isFirst = false
        newLine()
        try write(UnsafeBufferPointer(rebasing: rest[..<end]))
        rest = rest[end...]
      }
    }
    depth -= 1
    if !text.isEmpty { newLine() }
    put("]")
  }

  mutating func write(_ text: String) throws {
    var text = text
    try text.withUTF8 { try write($0) }
  }

  private mutating func write(_ utf8: UnsafeBufferPointer<UInt8>) throws {
    put("\"")
    var start = 0
    for place in utf8.indices {
      let byte = utf8[place]
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
        if place - start >= Self.pieceSize {
          try flush(utf8[start..<place])
          start = place
        }
        continue
      }
      bytes.append(contentsOf: utf8[start..<place])
      escape(byte)
      start = place + 1
      if bytes.count >= Self.pieceSize { try flush([]) }
    }
    bytes.append(contentsOf: utf8[start...])
    put("\"")
    if bytes.count >= Self.pieceSize { try flush([]) }
  }

  private mutating func flush(_ more: some Collection<UInt8>) throws {
    bytes.append(contentsOf: more)
    try hand(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  mutating func newLine() {
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: depth))
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): put("\\\"")
    case UInt8(ascii: "\\"): put("\\\\")
    case 0x0A: put("\\n")
    case 0x0D: put("\\r")
    case 0x09: put("\\t")
    case 0x08: put("\\b")
    case 0x0C: put("\\f")
    default:
      put("\\u00")
      bytes.append(Self.hex[Int(byte >> 4)])
      bytes.append(Self.hex[Int(byte & 15)])
    }
  }

  mutating func put(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }
}

extension NotebookJSON {
  /// The value as nbformat writes it, without a line end.
  package func text() -> String {
    var bytes: [UInt8] = []
    // Nothing fails where the pieces only meet again.
    try? NotebookJSONWriter.write(to: { bytes += $0 }) { try $0.write(self) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
