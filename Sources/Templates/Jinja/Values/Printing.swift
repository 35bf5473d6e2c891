import Formats

/// `str` and `repr` as CPython writes them.
package enum Printing {
  /// `repr` of a text.
  package static func repr(_ text: Text) -> Text {
    let hasSingle = text.bytes.contains(UInt8(ascii: "'"))
    let quote =
      hasSingle && !text.bytes.contains(UInt8(ascii: "\"")) ? UInt8(ascii: "\"") : UInt8(ascii: "'")
    var result: [UInt8] = []
    result.reserveCapacity(text.bytes.count + 2)
    result.append(quote)
    var index = 0
    while index < text.bytes.count {
      let byte = text.bytes[index]
      if byte >= 0x80 {
        append(Text.decode(text.bytes, &index), to: &result)
        continue
      }
      index += 1
      switch byte {
      case quote, UInt8(ascii: "\\"): result += [UInt8(ascii: "\\"), byte]
      case 0x09: result += "\\t".utf8
      case 0x0A: result += "\\n".utf8
      case 0x0D: result += "\\r".utf8
      case 0x20..<0x7F: result.append(byte)
      default:
        result += (byte < 0x10 ? "\\x0" : "\\x").utf8
        result += String(byte, radix: 16).utf8
      }
    }
    result.append(quote)
    return Text(bytes: result)
  }

  private static func append(_ point: UInt32, to result: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(point) else {
      result += "\\u\(String(point, radix: 16))".utf8
      return
    }
    result += PythonText.repr(String(scalar)).utf8.dropFirst().dropLast()
  }

  /// `repr` of a key or another plain value, for messages.
  package static func plainRepr(_ value: Value) -> String {
    switch value {
    case .none: return "None"
    case .bool(let value): return value ? "True" : "False"
    case .int(let value): return String(value)
    case .bigInt(let box): return String(box.value)
    case .float(let value): return PythonText.repr(value)
    case .string(let text): return repr(text).string
    case .markup(let text): return "Markup(\(repr(text)))"
    case .undefined: return "Undefined"
    case .list(let box): return "[" + box.items.map(plainRepr).joined(separator: ", ") + "]"
    case .tuple(let box):
      let inner = box.items.map(plainRepr).joined(separator: ", ")
      return box.items.count == 1 ? "(\(inner),)" : "(\(inner))"
    case .dict(let box) where box.isOrdered:
      let pairs = zip(box.keys, box.values).map { "(" + plainRepr($0) + ", " + plainRepr($1) + ")" }
      return pairs.isEmpty
        ? "OrderedDict()" : "OrderedDict([" + pairs.joined(separator: ", ") + "])"
    case .dict(let box):
      return "{"
        + zip(box.keys, box.values).map { plainRepr($0) + ": " + plainRepr($1) }
        .joined(separator: ", ") + "}"
    case .range(let range): return repr(range)
    case .object(let object):
      return object.plainRepr
    }
  }

  static func repr(_ range: RangeValue) -> String {
    range.step == 1
      ? "range(\(range.start), \(range.stop))"
      : "range(\(range.start), \(range.stop), \(range.step))"
  }

  /// The text of `escape(x)`: `& < > " '` as entities.
  package static func escape(_ text: Text) -> Text {
    guard text.bytes.contains(where: isSpecial) else { return text }
    var result: [UInt8] = []
    result.reserveCapacity(text.bytes.count + 16)
    escape(text.bytes, into: &result)
    return Text(bytes: result, count: text.count + result.count - text.bytes.count)
  }

  /// The same, written at the end of other bytes.
  static func escape(_ bytes: [UInt8], into result: inout [UInt8]) {
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "&"): result += "&amp;".utf8
      case UInt8(ascii: "<"): result += "&lt;".utf8
      case UInt8(ascii: ">"): result += "&gt;".utf8
      case UInt8(ascii: "\""): result += "&#34;".utf8
      case UInt8(ascii: "'"): result += "&#39;".utf8
      default: result.append(byte)
      }
    }
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      true
    default: false
    }
  }
}
