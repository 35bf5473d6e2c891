/// Writes values as CPython's `repr` does.
package enum PythonText {
  /// `repr` of a `str`: single quotes, or double ones when only single ones stand inside.
  ///
  /// What is printable follows Unicode 14, as Python 3.11.
  package static func repr(_ text: String, asciiOnly: Bool = false) -> String {
    let scalars = text.unicodeScalars
    let quote: Unicode.Scalar = scalars.contains("'") && !scalars.contains("\"") ? "\"" : "'"
    var result = String.UnicodeScalarView()
    result.append(quote)
    for scalar in scalars {
      switch scalar {
      case quote, "\\": result.append(contentsOf: ["\\", scalar])
      case "\t": result.append(contentsOf: "\\t".unicodeScalars)
      case "\n": result.append(contentsOf: "\\n".unicodeScalars)
      case "\r": result.append(contentsOf: "\\r".unicodeScalars)
      case " "..."~": result.append(scalar)
      default:
        if isPrintable(scalar), !(asciiOnly && !scalar.isASCII) {
          result.append(scalar)
        } else {
          result.append(contentsOf: escape(scalar).unicodeScalars)
        }
      }
    }
    result.append(quote)
    return String(result)
  }

  /// The text with escapes for what is not ASCII, as `ascii` makes it of a `repr`.
  static func ascii(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    return text.unicodeScalars.map { $0.isASCII ? String($0) : escape($0) }.joined()
  }

  /// `repr` of `bytes`.
  package static func repr(_ bytes: [UInt8]) -> String {
    let hasSingle = bytes.contains(UInt8(ascii: "'"))
    let quote =
      hasSingle && !bytes.contains(UInt8(ascii: "\"")) ? UInt8(ascii: "\"") : UInt8(ascii: "'")
    var result = [UInt8(ascii: "b"), quote]
    for byte in bytes {
      switch byte {
      case quote, UInt8(ascii: "\\"): result += [UInt8(ascii: "\\"), byte]
      case 0x09: result += "\\t".utf8
      case 0x0A: result += "\\n".utf8
      case 0x0D: result += "\\r".utf8
      case 0x20..<0x7F: result.append(byte)
      default: result += "\\x\(hex(UInt32(byte), 2))".utf8
      }
    }
    result.append(quote)
    return String(decoding: result, as: UTF8.self)
  }

  /// `repr` of a `float`: the fewest digits that read back the same, with an exponent below 1e-4 and from 1e16.
  package static func repr(_ value: Double) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    let sign = value.sign == .minus ? "-" : ""
    guard value != 0 else { return sign + "0.0" }
    let (digits, point) = shortestDigits(value.magnitude)
    if point > 16 || point < -3 {
      let exponent = point - 1
      let fraction =
        digits.count > 1 ? "." + String(decoding: digits.dropFirst(), as: UTF8.self) : ""
      let number = String(abs(exponent))
      return sign + String(decoding: digits.prefix(1), as: UTF8.self) + fraction
        + (exponent < 0 ? "e-" : "e+") + (number.utf8.count < 2 ? "0" : "") + number
    }
    let zero = UInt8(ascii: "0")
    var text: [UInt8]
    if point <= 0 {
      text = Array("0.".utf8) + Array(repeating: zero, count: -point) + digits
    } else if digits.count <= point {
      text = digits + Array(repeating: zero, count: point - digits.count) + Array(".0".utf8)
    } else {
      text = digits[..<point] + [UInt8(ascii: ".")] + digits[point...]
    }
    text.insert(contentsOf: sign.utf8, at: 0)
    return String(decoding: text, as: UTF8.self)
  }

  /// The digits of Swift's description, which is the shortest and of those the nearest, as Python's; and how many of them
  /// stand in front of the point.
  private static func shortestDigits(_ value: Double) -> (digits: [UInt8], point: Int) {
    var digits: [UInt8] = []
    var point: Int?
    var exponent = 0
    let text = Array(value.description.utf8)
    for (index, byte) in text.enumerated() {
      switch byte {
      case UInt8(ascii: "."): point = digits.count
      case UInt8(ascii: "e"):
        exponent = Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
      default:
        if !text[..<index].contains(UInt8(ascii: "e")) { digits.append(byte) }
      }
    }
    var place = (point ?? digits.count) + exponent
    while digits.first == UInt8(ascii: "0") {
      digits.removeFirst()
      place -= 1
    }
    while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
    return (digits, place)
  }

  /// `str.isprintable` of one character: no control, format, surrogate, private or unassigned one, no space but U+0020.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .spaceSeparator:
      return scalar == " "
    default:
      guard let age = scalar.properties.age else { return false }
      return age.major <= 14
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case ...0xFF: "\\x" + hex(scalar.value, 2)
    case ...0xFFFF: "\\u" + hex(scalar.value, 4)
    default: "\\U" + hex(scalar.value, 8)
    }
  }

  private static func hex(_ value: UInt32, _ width: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
