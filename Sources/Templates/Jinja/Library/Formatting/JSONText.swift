import Formats

/// Writes values as Python's `json.dumps` does.
struct JSONText {
  struct Options {
    var sortsKeys = false
    /// What stands in front of a line for each level; nil for one line.
    var indent: Text?
    var itemSeparator: Text?
    var keySeparator: Text = ": "
    var escapesNonASCII = true

    init() {}

    /// The `indent` argument: none, a number of blanks, or a text.
    mutating func setIndent(_ value: Value, _ render: Render) throws(TemplateError) {
      if value.isNone { return }
      if let text = value.text {
        indent = text
      } else {
        guard let result = try Arithmetic.apply(.multiply, .string(" "), value, render).text else {
          throw .type("can't multiply sequence by non-int of type '\(value.typeName)'")
        }
        indent = result
      }
    }
  }

  private let options: Options
  private let render: Render
  private let itemSeparator: Text
  private var bytes: [UInt8] = []
  private var open: [ObjectIdentifier] = []

  /// - Throws: `TypeError` for what JSON has not, `ValueError` for a value that holds itself.
  static func text(
    of value: Value, _ options: Options, _ render: Render
  ) throws(TemplateError) -> Text {
    var writer = JSONText(options, render)
    try writer.write(value)
    return Text(bytes: writer.bytes)
  }

  private init(_ options: Options, _ render: Render) {
    self.options = options
    self.render = render
    itemSeparator = options.itemSeparator ?? (options.indent == nil ? ", " : ",")
  }

  private mutating func write(_ value: Value) throws(TemplateError) {
    switch value {
    case .none: bytes += "null".utf8
    case .bool(let flag): bytes += (flag ? "true" : "false").utf8
    case .int(let number): bytes += String(number).utf8
    case .bigInt(let box): bytes += try IntegerText.decimal(box.value).utf8
    case .float(let number): bytes += Self.number(number).utf8
    case .string(let text), .markup(let text): writeText(text)
    case .list(let box): try writeList(box, box.items)
    case .tuple(let box): try writeList(box, box.items)
    case .dict(let box): try writeDict(box)
    default: throw .type("Object of type \(value.typeName) is not JSON serializable")
    }
    try TextLimits.check(bytes.count)
  }

  private static func number(_ value: Double) -> String {
    value.isNaN
      ? "NaN" : value.isInfinite ? (value < 0 ? "-Infinity" : "Infinity") : PythonText.repr(value)
  }

  private mutating func enter(_ box: AnyObject) throws(TemplateError) {
    guard !open.contains(ObjectIdentifier(box)) else { throw .value("Circular reference detected") }
    guard open.count < 300 else {
      throw TemplateError(
        "RecursionError", "maximum recursion depth exceeded while encoding a JSON object")
    }
    open.append(ObjectIdentifier(box))
  }

  private mutating func newLine() {
    guard let indent = options.indent else { return }
    bytes.append(0x0A)
    for _ in open { bytes += indent.bytes }
  }

  private mutating func writeList(_ box: AnyObject, _ items: [Value]) throws(TemplateError) {
    guard !items.isEmpty else { return bytes += "[]".utf8 }
    try enter(box)
    bytes.append(UInt8(ascii: "["))
    for (index, item) in items.enumerated() {
      if index > 0 { bytes += itemSeparator.bytes }
      newLine()
      try write(item)
    }
    open.removeLast()
    newLine()
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func writeDict(_ box: DictBox) throws(TemplateError) {
    guard box.count > 0 else { return bytes += "{}".utf8 }
    try enter(box)
    var order = Array(box.keys.indices)
    if options.sortsKeys {
      let places = try StableSort.sorted(
        order.map { .int($0) }, by: box.keys, reversed: false, render)
      order = places.compactMap(\.index)
    }
    bytes.append(UInt8(ascii: "{"))
    for (count, index) in order.enumerated() {
      if count > 0 { bytes += itemSeparator.bytes }
      newLine()
      writeText(try key(box.keys[index]))
      bytes += options.keySeparator.bytes
      try write(box.values[index])
    }
    open.removeLast()
    newLine()
    bytes.append(UInt8(ascii: "}"))
  }

  private func key(_ key: Value) throws(TemplateError) -> Text {
    switch key {
    case .string(let text), .markup(let text): return text
    case .none: return "null"
    case .bool(let flag): return flag ? "true" : "false"
    case .int(let number): return Text(String(number))
    case .bigInt(let box): return Text(try IntegerText.decimal(box.value))
    case .float(let number): return Text(Self.number(number))
    default:
      throw .type("keys must be str, int, float, bool or None, not \(key.typeName)")
    }
  }

  private mutating func writeText(_ text: Text) {
    bytes.append(UInt8(ascii: "\""))
    var position = 0
    while position < text.bytes.count {
      let start = position
      let point = Text.decode(text.bytes, &position)
      switch point {
      case 0x22: bytes += "\\\"".utf8
      case 0x5C: bytes += "\\\\".utf8
      case 0x0A: bytes += "\\n".utf8
      case 0x0D: bytes += "\\r".utf8
      case 0x09: bytes += "\\t".utf8
      case 0x08: bytes += "\\b".utf8
      case 0x0C: bytes += "\\f".utf8
      case 0..<0x20: bytes += "\\u\(TextRepr.hexadecimal(point, 4))".utf8
      case 0x20..<0x7F: bytes.append(UInt8(point))
      default:
        if !options.escapesNonASCII {
          bytes += text.bytes[start..<position]
        } else if point < 0x10000 {
          bytes += "\\u\(TextRepr.hexadecimal(point, 4))".utf8
        } else {
          let offset = point - 0x10000
          bytes += "\\u\(TextRepr.hexadecimal(0xD800 + (offset >> 10), 4))".utf8
          bytes += "\\u\(TextRepr.hexadecimal(0xDC00 + (offset & 0x3FF), 4))".utf8
        }
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
