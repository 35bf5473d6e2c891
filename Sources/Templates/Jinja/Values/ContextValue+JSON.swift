import Formats

extension ContextValue {
  /// Writes the value as JSON at the end of some bytes; texts keep their characters, lone surrogates are escaped.
  package func writeJSON(to bytes: inout [UInt8]) {
    switch self {
    case .none: bytes += "null".utf8
    case .bool(let flag): bytes += (flag ? "true" : "false").utf8
    case .int(let number): bytes += String(number).utf8
    case .bigInt(let number): bytes += String(number).utf8
    case .float(let number):
      bytes +=
        (number.isNaN
        ? "NaN"
        : number.isInfinite ? (number < 0 ? "-Infinity" : "Infinity") : PythonText.repr(number))
        .utf8
    case .string(let text), .markup(let text): text.writeJSON(to: &bytes)
    case .list(let items), .tuple(let items):
      bytes.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { bytes += ", ".utf8 }
        item.writeJSON(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .dict(let pairs, _):
      bytes.append(UInt8(ascii: "{"))
      for (index, pair) in pairs.enumerated() {
        if index > 0 { bytes += ", ".utf8 }
        pair.key.writeJSON(to: &bytes)
        bytes += ": ".utf8
        pair.value.writeJSON(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// The value of a dict's key, the last one when the key is repeated.
  package subscript(key: Text) -> ContextValue? {
    guard case .dict(let pairs, _) = self else { return nil }
    return pairs.last { $0.key == .string(key) }?.value
  }

  /// The same value in the JSON of Formats; numbers too large become doubles.
  package var json: JSONValue {
    switch self {
    case .none: .null
    case .bool(let flag): .bool(flag)
    case .int(let number): .int(Int64(number))
    case .bigInt(let number): .double(Double(String(number)) ?? .infinity)
    case .float(let number): .double(number)
    case .string(let text), .markup(let text): .string(text.string)
    case .list(let items), .tuple(let items): .array(items.map(\.json))
    case .dict(let pairs, _):
      .object(
        pairs.map {
          if case .string(let key) = $0.key {
            .init(key.string, $0.value.json)
          } else {
            .init("", $0.value.json)
          }
        })
    }
  }
}

extension Text {
  /// Writes the text as a JSON string.
  package func writeJSON(to result: inout [UInt8]) {
    result.append(UInt8(ascii: "\""))
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): result += [UInt8(ascii: "\\"), byte]
      case 0x0A: result += "\\n".utf8
      case 0x0D: result += "\\r".utf8
      case 0x09: result += "\\t".utf8
      case ..<0x20, 0x7F:
        result += (byte < 0x10 ? "\\u000" : "\\u00").utf8
        result += String(byte, radix: 16).utf8
      case 0xED where index + 1 < bytes.count && bytes[index + 1] >= 0xA0:
        result += "\\u\(String(Text.decode(bytes, &index), radix: 16))".utf8
        continue
      default: result.append(byte)
      }
      index += 1
    }
    result.append(UInt8(ascii: "\""))
  }
}
