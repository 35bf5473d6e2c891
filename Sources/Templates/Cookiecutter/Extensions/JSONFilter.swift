import Formats

/// Writes values as Python's `json.dumps(value, sort_keys=True, indent=…)` does.
struct JSONFilter {
  enum Indent {
    /// Everything on one line.
    case none
    case spaces(Int)
    case text([UInt8])
  }

  var indent: Indent
  let render: Render
  var bytes: [UInt8] = []

  init(indent: Indent, render: Render) {
    self.indent = indent
    self.render = render
  }

  mutating func write(_ value: Value, depth: Int) throws(TemplateError) {
    guard depth < 500 else { throw .value("Circular reference detected") }
    try render.charge(rounds: 1)
    switch value {
    case .none: put("null")
    case .bool(let value): put(value ? "true" : "false")
    case .int(let value): put(String(value))
    case .bigInt(let box): put(box.value.description)
    case .float(let value): put(Self.text(value))
    case .string(let text), .markup(let text): write(text)
    case .list(let box): try write(box.items, depth)
    case .tuple(let box): try write(box.items, depth)
    case .dict(let box): try write(box, depth)
    case .undefined, .range, .object:
      throw .type("Object of type \(value.typeName) is not JSON serializable")
    }
  }

  private static func text(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    return PythonText.repr(value)
  }

  private mutating func write(_ items: [Value], _ depth: Int) throws(TemplateError) {
    guard !items.isEmpty else { return put("[]") }
    put("[")
    for (index, item) in items.enumerated() {
      separate(index, depth + 1)
      try write(item, depth: depth + 1)
    }
    newLine(depth)
    put("]")
  }

  private mutating func write(_ dict: DictBox, _ depth: Int) throws(TemplateError) {
    guard dict.count > 0 else { return put("{}") }
    put("{")
    var places = Array(dict.keys.indices)
    let keys = dict.keys
    let texts = keys.compactMap(\.text)
    if texts.count == keys.count {
      places.sort { texts[$0].bytes.lexicographicallyPrecedes(texts[$1].bytes) }
    } else if let numbers = Self.numbers(keys) {
      places.sort { numbers[$0] < numbers[$1] }
    } else if keys.count > 1 {
      let (first, other) = Self.unlike(keys)
      throw .type(
        "'<' not supported between instances of '\(other)' and '\(first)'")
    }
    for (index, place) in places.enumerated() {
      separate(index, depth + 1)
      write(try Self.key(keys[place]))
      put(": ")
      try write(dict.values[place], depth: depth + 1)
    }
    newLine(depth)
    put("}")
  }

  private static func numbers(_ keys: [Value]) -> [Double]? {
    let numbers = keys.compactMap { key -> Double? in
      if case .float(let value) = key { return value }
      return key.index.map(Double.init)
    }
    return numbers.count == keys.count ? numbers : nil
  }

  private static func unlike(_ keys: [Value]) -> (String, String) {
    let first = keys[0].typeName
    return (first, keys.first { $0.typeName != first }?.typeName ?? first)
  }

  private static func key(_ key: Value) throws(TemplateError) -> Text {
    switch key {
    case .string(let text), .markup(let text): return text
    case .none: return "null"
    case .bool(let value): return value ? "true" : "false"
    case .int(let value): return Text(String(value))
    case .bigInt(let box): return Text(box.value.description)
    case .float(let value): return Text(text(value))
    default:
      throw .type("keys must be str, int, float, bool or None, not \(key.typeName)")
    }
  }

  private mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func separate(_ index: Int, _ depth: Int) {
    if index > 0 {
      if case .none = indent { put(", ") } else { put(",") }
    }
    newLine(depth)
  }

  private mutating func newLine(_ depth: Int) {
    switch indent {
    case .none: break
    case .spaces(let count):
      bytes.append(0x0A)
      bytes.append(contentsOf: repeatElement(0x20, count: count * depth))
    case .text(let text):
      bytes.append(0x0A)
      for _ in 0..<depth { bytes.append(contentsOf: text) }
    }
  }

  private mutating func write(_ text: Text) {
    put("\"")
    for point in text.codePoints {
      switch point {
      case 0x22: put("\\\"")
      case 0x5C: put("\\\\")
      case 0x0A: put("\\n")
      case 0x0D: put("\\r")
      case 0x09: put("\\t")
      case 0x08: put("\\b")
      case 0x0C: put("\\f")
      case 0x20...0x7E: bytes.append(UInt8(point))
      case ...0xFFFF: escape(point)
      default:
        escape(0xD800 + (point - 0x10000) >> 10)
        escape(0xDC00 + (point - 0x10000) & 0x3FF)
      }
    }
    put("\"")
  }

  private mutating func escape(_ unit: UInt32) {
    let hex = String(unit, radix: 16)
    put("\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex)
  }
}
