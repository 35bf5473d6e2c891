import Formats

extension Answer {
  /// The value as Python's `json.dumps` writes it: everything beyond ASCII escaped.
  ///
  /// - Parameters:
  ///   - indent: spaces a level, each member on a line of its own; nil for one line with `, ` and `: `.
  ///   - sortsKeys: whether keys stand in the order of their code points.
  package func json(indent: Int? = nil, sortsKeys: Bool = false) -> String {
    var writer = PythonJSONWriter(indent: indent, sortsKeys: sortsKeys)
    writer.write(self, depth: 0)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

private struct PythonJSONWriter {
  let indent: Int?
  let sortsKeys: Bool
  var bytes: [UInt8] = []

  init(indent: Int?, sortsKeys: Bool) {
    self.indent = indent
    self.sortsKeys = sortsKeys
  }

  mutating func write(_ value: Answer, depth: Int) {
    switch value {
    case .none: put("null")
    case .bool(let value): put(value ? "true" : "false")
    case .int(let value): put(String(value))
    case .bigInt(let text): put(text)
    case .float(let value):
      if value.isNaN {
        put("NaN")
      } else if value.isInfinite {
        put(value < 0 ? "-Infinity" : "Infinity")
      } else {
        put(PythonText.repr(value))
      }
    case .string(let text): write(text)
    case .list(let values):
      writeItems("[", "]", values.count, depth) { writer, place in
        writer.write(values[place], depth: depth + 1)
      }
    case .map(let map):
      let entries =
        sortsKeys
        ? map.entries.sorted {
          $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
        } : map.entries
      writeItems("{", "}", entries.count, depth) { writer, place in
        writer.write(entries[place].key)
        writer.put(": ")
        writer.write(entries[place].value, depth: depth + 1)
      }
    }
  }

  private mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func writeItems(
    _ open: String, _ close: String, _ count: Int, _ depth: Int, each: (inout Self, Int) -> Void
  ) {
    put(open)
    for place in 0..<count {
      if place > 0 { put(indent == nil ? ", " : ",") }
      newLine(depth + 1)
      each(&self, place)
    }
    if count > 0 { newLine(depth) }
    put(close)
  }

  private mutating func newLine(_ depth: Int) {
    guard let indent else { return }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: indent * depth))
  }

  private mutating func write(_ text: String) {
    put("\"")
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": put("\\\"")
      case "\\": put("\\\\")
      case "\n": put("\\n")
      case "\r": put("\\r")
      case "\t": put("\\t")
      case "\u{8}": put("\\b")
      case "\u{C}": put("\\f")
      case " "..."~": bytes.append(UInt8(scalar.value))
      default:
        for unit in String(Character(scalar)).utf16 { escape(unit) }
      }
    }
    put("\"")
  }

  private mutating func escape(_ unit: UInt16) {
    let hex = String(unit, radix: 16)
    put("\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex)
  }
}
