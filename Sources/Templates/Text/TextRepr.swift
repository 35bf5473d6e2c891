/// Writes texts as CPython's `repr` does.
package enum TextRepr {
  /// `repr` of a `str`: single quotes, or double ones when only single ones stand inside.
  package static func quoted(_ text: Text, asciiOnly: Bool = false) -> Text {
    let single = UInt8(ascii: "'")
    let double = UInt8(ascii: "\"")
    let quote = text.bytes.contains(single) && !text.bytes.contains(double) ? double : single
    var result = [quote]
    result.reserveCapacity(text.bytes.count + 2)
    var position = 0
    while position < text.bytes.count {
      let start = position
      let point = Text.decode(text.bytes, &position)
      switch point {
      case UInt32(quote), 0x5C: result += [0x5C, UInt8(point)]
      case 0x09: result += "\\t".utf8
      case 0x0A: result += "\\n".utf8
      case 0x0D: result += "\\r".utf8
      case 0x20..<0x7F: result.append(UInt8(point))
      default:
        if !asciiOnly, CodePoint.isPrintable(point) {
          result += text.bytes[start..<position]
        } else {
          result += escaped(point).utf8
        }
      }
    }
    result.append(quote)
    return Text(bytes: result)
  }

  /// The text in single quotes, nothing escaped, as CPython shows some texts in messages.
  static func plainQuoted(_ text: Text) -> Text { "'" + text + "'" }

  /// `\x0b`, `\u2028`, `\U000e0001`.
  static func escaped(_ point: UInt32) -> String {
    switch point {
    case ...0xFF: "\\x" + hexadecimal(point, 2)
    case ...0xFFFF: "\\u" + hexadecimal(point, 4)
    default: "\\U" + hexadecimal(point, 8)
    }
  }

  /// A number with zeros in front.
  static func hexadecimal(_ value: UInt32, _ width: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
