extension JSONValue {
  /// How JSON text is laid out.
  package enum Layout: Sendable {
    /// One line, no spaces: `{"a":1,"b":[1,2]}`.
    case compact
    /// Two spaces a level, one member a line.
    case indented
  }

  /// The value as JSON text, without a line end. The same value gives the same text.
  ///
  /// Doubles are written with the fewest digits that read back the same, in Swift's form (`0.1`, `1e-05`); NaN and the
  /// infinities, which JSON lacks, are the strings `"NaN"`, `"Infinity"`, `"-Infinity"`, as MLflow writes them.
  package func text(_ layout: Layout = .compact, sortingKeys: Bool = false) -> String {
    String(decoding: utf8(layout, sortingKeys: sortingKeys), as: UTF8.self)
  }

  /// The bytes of ``text(_:sortingKeys:)``.
  package func utf8(_ layout: Layout = .compact, sortingKeys: Bool = false) -> [UInt8] {
    var writer = JSONWriter(layout: layout, sortsKeys: sortingKeys)
    writer.write(self, depth: 0)
    return writer.bytes
  }

  /// Values as JSON Lines: one a line, keys in the order that they have.
  package static func lines(_ values: some Sequence<JSONValue>) -> [UInt8] {
    var writer = JSONWriter(layout: .compact, sortsKeys: false)
    for value in values {
      writer.write(value, depth: 0)
      writer.bytes.append(0x0A)
    }
    return writer.bytes
  }
}

private struct JSONWriter {
  let layout: JSONValue.Layout
  let sortsKeys: Bool
  var bytes: [UInt8] = []

  init(layout: JSONValue.Layout, sortsKeys: Bool) {
    self.layout = layout
    self.sortsKeys = sortsKeys
  }

  mutating func write(_ value: JSONValue, depth: Int) {
    switch value {
    case .null: put("null")
    case .bool(let value): put(value ? "true" : "false")
    case .int(let value): put(String(value))
    case .double(let value): write(value)
    case .string(let text): write(text)
    case .array(let values):
      writeList("[", "]", count: values.count, depth: depth) { writer, index in
        writer.write(values[index], depth: depth + 1)
      }
    case .object(let unordered):
      let members = sortsKeys ? unordered.sorted { $0.key < $1.key } : unordered
      writeList("{", "}", count: members.count, depth: depth) { writer, index in
        writer.write(members[index].key)
        writer.put(writer.layout == .compact ? ":" : ": ")
        writer.write(members[index].value, depth: depth + 1)
      }
    }
  }

  private mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func writeList(
    _ open: String, _ close: String, count: Int, depth: Int, each: (inout Self, Int) -> Void
  ) {
    put(open)
    for index in 0..<count {
      if index > 0 { put(",") }
      newLine(depth + 1)
      each(&self, index)
    }
    if count > 0 { newLine(depth) }
    put(close)
  }

  private mutating func newLine(_ depth: Int) {
    guard layout == .indented else { return }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: 2 * depth))
  }

  private mutating func write(_ value: Double) {
    if value.isNaN { return put("\"NaN\"") }
    if value.isInfinite { return put(value > 0 ? "\"Infinity\"" : "\"-Infinity\"") }
    put("\(value)")
  }

  private mutating func write(_ text: String) {
    var text = text
    bytes.append(UInt8(ascii: "\""))
    text.withUTF8 { utf8 in
      // Most texts hold nothing that has to be escaped.
      var isPlain = true
      for byte in utf8 where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == 0x5C {
        isPlain = false
        break
      }
      if isPlain {
        bytes.append(contentsOf: utf8)
      } else {
        for byte in utf8 { escape(byte) }
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    let hex = Array("0123456789abcdef".utf8)
    switch byte {
    case UInt8(ascii: "\""): put("\\\"")
    case UInt8(ascii: "\\"): put("\\\\")
    case 0x0A: put("\\n")
    case 0x0D: put("\\r")
    case 0x09: put("\\t")
    case 0..<0x20:
      put("\\u00")
      bytes.append(hex[Int(byte >> 4)])
      bytes.append(hex[Int(byte & 15)])
    default: bytes.append(byte)
    }
  }
}
