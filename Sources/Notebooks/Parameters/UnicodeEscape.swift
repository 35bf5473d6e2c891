/// Python's `unicode_escape` encoding: ASCII only, with escapes that most languages read.
enum UnicodeEscape {
  /// The text with `\n`, `\t`, `\r`, `\\`, `\xhh`, `\uhhhh` and `\Uhhhhhhhh` for what is no printable ASCII.
  ///
  /// - Parameters:
  ///   - quote: a character that the language writes in another way inside of its quotes.
  ///   - escaped: that other way.
  static func text(_ text: String, quote: Unicode.Scalar, as escaped: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case quote: result += escaped
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case " "..."~": result.unicodeScalars.append(scalar)
      default:
        switch scalar.value {
        case ...0xFF: result += "\\x" + hex(scalar.value, 2)
        case ...0xFFFF: result += "\\u" + hex(scalar.value, 4)
        default: result += "\\U" + hex(scalar.value, 8)
        }
      }
    }
    return result
  }

  private static func hex(_ value: UInt32, _ width: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
