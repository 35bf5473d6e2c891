/// Reads numbers as Python's `int()` and `float()` do.
package enum PythonNumber {
  /// How many digits Python converts between text and integer (`sys.set_int_max_str_digits`).
  static let mostDigits = 4300

  /// The value of `int(text, base)`; nil where Python raises `ValueError`, its limit of 4300 digits included.
  ///
  /// - Parameter base: 2, 8, 10 or 16; the base's own prefix may stand in front.
  static func integer(_ text: some StringProtocol, base: UInt32 = 10) -> DecimalInteger? {
    var rest = trimmed(text)
    var result = DecimalInteger()
    if rest.first == "-" || rest.first == "+" { result.isNegative = rest.removeFirst() == "-" }
    if rest.count > 2, rest.first == "0", let second = rest.dropFirst().first,
      second.properties.lowercaseMapping == prefix(of: base)
    {
      rest = rest.dropFirst(2)
      if rest.first == "_" { rest.removeFirst() }
    }
    guard !rest.isEmpty, rest.count <= mostDigits * 4 else { return nil }
    var lastWasDigit = false
    for scalar in rest {
      if scalar == "_" {
        guard lastWasDigit else { return nil }
        lastWasDigit = false
        continue
      }
      guard let digit = digit(scalar), digit < base else { return nil }
      result.multiply(by: base, adding: digit)
      lastWasDigit = true
    }
    guard lastWasDigit, result.digitsAtMost <= mostDigits + 9 else { return nil }
    return result.text.utf8.count <= mostDigits + (result.isNegative ? 1 : 0) ? result : nil
  }

  /// The value of `float(text)`; nil where Python raises `ValueError`.
  package static func float(_ text: some StringProtocol) -> Double? {
    var ascii = ""
    var last: Unicode.Scalar = " "
    let rest = trimmed(text)
    for (index, scalar) in zip(rest.indices, rest) {
      if scalar == "_" {
        // Between digits only.
        let next = rest.index(after: index)
        guard digit(last) ?? 10 < 10, next < rest.endIndex, digit(rest[next]) ?? 10 < 10 else {
          return nil
        }
      } else if scalar.isASCII {
        ascii.unicodeScalars.append(scalar)
      } else {
        guard let digit = digit(scalar) else { return nil }
        ascii += String(digit)
      }
      last = scalar
    }
    return asciiFloat(ascii.lowercased())
  }

  /// The value of `int(text)`; nil where Python raises `ValueError`.
  package static func wholeNumber(_ text: String) -> YAMLValue? { integer(text)?.value }

  /// Whether Python's `int(text)` is a value.
  package static func isInteger(_ text: String) -> Bool { integer(text) != nil }

  private static func asciiFloat(_ text: String) -> Double? {
    var s = ScalarScanner(Array(text.utf8))
    let isNegative = s.peek == UInt8(ascii: "-")
    s.takeSign()
    switch text.utf8.dropFirst(s.position) {
    case let word where word.elementsEqual("inf".utf8) || word.elementsEqual("infinity".utf8):
      return isNegative ? -.infinity : .infinity
    case let word where word.elementsEqual("nan".utf8): return .nan
    default: break
    }
    let isDigit = { (byte: UInt8) in byte >= 0x30 && byte <= 0x39 }
    var hasDigits = s.takeAll(where: isDigit)
    if s.take(".") { hasDigits = s.takeAll(where: isDigit) || hasDigits }
    guard hasDigits else { return nil }
    if s.take("e") {
      s.takeSign()
      guard s.takeAll(where: isDigit) else { return nil }
    }
    guard s.isAtEnd else { return nil }
    return Double(text)
  }

  private static func prefix(of base: UInt32) -> String {
    switch base {
    case 2: "b"
    case 8: "o"
    case 16: "x"
    default: ""
    }
  }

  /// The value of a digit of any script, or of an ASCII letter as in base 36.
  private static func digit(_ scalar: Unicode.Scalar) -> UInt32? {
    switch scalar {
    case "0"..."9": scalar.value - 0x30
    case "a"..."z": scalar.value - 0x61 + 10
    case "A"..."Z": scalar.value - 0x41 + 10
    default:
      scalar.properties.numericType == .decimal
        ? scalar.properties.numericValue.map { UInt32($0) } : nil
    }
  }

  private static func trimmed(_ text: some StringProtocol) -> Substring.UnicodeScalarView {
    var rest = Substring(text).unicodeScalars
    while let first = rest.first, first.properties.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.properties.isWhitespace { rest.removeLast() }
    return rest
  }
}
