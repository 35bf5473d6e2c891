import Formats
import Glibc

/// Floats as text, in both directions.
enum FloatText {
  /// `float(text)`; nil where Python raises `ValueError`.
  static func parse(_ text: Text) -> Double? {
    let stripped = text.stripped()
    // A lone surrogate or a NUL is no number; the reader of Formats takes Swift's own text.
    guard !stripped.isEmpty else { return nil }
    return PythonNumber.float(stripped.string)
  }

  /// `%.PRECISIONf`, `e` or `g` in C, correctly rounded for any precision.
  static func printed(
    _ value: Double, _ type: UInt8, precision: Int, isAlternate: Bool = false
  ) throws(TemplateError) -> String {
    guard precision <= 1 << 20 else {
      throw .limit("a number with more than \(1 << 20) digits")
    }
    let format = "%" + (isAlternate ? "#" : "") + ".*" + String(UnicodeScalar(type))
    let arguments: [any CVarArg] = [Int32(precision), value]
    let length = withVaList(arguments) { vsnprintf(nil, 0, format, $0) }
    guard length > 0 else { return "" }
    var buffer = [CChar](repeating: 0, count: Int(length) + 1)
    _ = withVaList(arguments) { vsnprintf(&buffer, buffer.count, format, $0) }
    return String(decoding: buffer.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// A finite or other value in Python's types `e E f F g G`, without sign handling of its own: `-` when negative.
  ///
  /// - Parameter addsPoint: whether whole numbers get `.0`, and turn to exponents one digit earlier, as with no type.
  static func formatted(
    _ value: Double, _ type: UInt8, precision: Int, isAlternate: Bool = false,
    addsPoint: Bool = false
  ) throws(TemplateError) -> String {
    let isUpper =
      type == UInt8(ascii: "E") || type == UInt8(ascii: "F") || type == UInt8(ascii: "G")
    if !value.isFinite {
      let name = value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
      return isUpper ? name.uppercased() : name
    }
    guard addsPoint else {
      return try printed(value, type, precision: precision, isAlternate: isAlternate)
    }
    // As `g`, but with an exponent from 10^(precision - 1) on.
    let digits = max(precision, 1)
    let scientific = try printed(value, UInt8(ascii: "e"), precision: digits - 1)
    let mark = scientific.utf8.lastIndex(of: UInt8(ascii: "e")) ?? scientific.utf8.endIndex
    let exponent = Int(scientific[mark...].dropFirst()) ?? 0
    if exponent < -4 || exponent >= digits - 1 {
      var mantissa = String(scientific[..<mark])
      if !isAlternate {
        mantissa = trimmed(mantissa)
      } else if !mantissa.utf8.contains(UInt8(ascii: ".")) {
        mantissa += "."
      }
      return mantissa + String(scientific[mark...])
    }
    var text = try printed(
      value, UInt8(ascii: "f"), precision: max(digits - 1 - exponent, 0), isAlternate: isAlternate)
    if !isAlternate { text = trimmed(text) }
    return text.utf8.contains(UInt8(ascii: ".")) ? text : text + ".0"
  }

  private static func trimmed(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: ".")) else { return text }
    var text = Substring(text)
    while text.utf8.last == UInt8(ascii: "0") { text.removeLast() }
    if text.utf8.last == UInt8(ascii: ".") { text.removeLast() }
    return String(text)
  }

  /// `float.hex(x)`.
  static func hexadecimal(_ value: Double) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    let sign = value.sign == .minus ? "-" : ""
    if value == 0 { return sign + "0x0.0p+0" }
    let bits = value.significandBitPattern
    let digits = String(bits, radix: 16)
    let fraction = String(repeating: "0", count: 13 - digits.utf8.count) + digits
    let exponent = value.isNormal ? Int(value.exponent) : -1022
    let lead = value.isNormal ? "1" : "0"
    return "\(sign)0x\(lead).\(fraction)p\(exponent < 0 ? "-" : "+")\(exponent.magnitude)"
  }
}
