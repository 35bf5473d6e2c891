import BigInt

/// Integers of any size as text, in both directions.
enum IntegerText {
  /// How many decimal digits Python converts (`sys.set_int_max_str_digits`).
  static let mostDigits = 4300

  /// `int(text, base)`; base 0 goes by the prefix.
  ///
  /// - Parameter isMarkup: whether the text is a `Markup`, which messages show.
  static func parse(
    _ text: Text, base: Int, isMarkup: Bool = false
  ) throws(TemplateError) -> BigInt {
    guard base == 0 || (base >= 2 && base <= 36) else {
      throw .value("int() base must be >= 2 and <= 36, or 0")
    }
    let fault = TemplateError.value(
      "invalid literal for int() with base \(base): "
        + (isMarkup ? "Markup(\(TextRepr.quoted(text)))" : TextRepr.quoted(text).string))
    var rest = text.stripped().codePoints[...]
    var isNegative = false
    if let sign = rest.first, sign == 0x2B || sign == 0x2D {
      isNegative = sign == 0x2D
      rest.removeFirst()
    }
    var radix = base == 0 ? 10 : base
    var hasPrefix = false
    if rest.count > 1, rest.first == 0x30, let letter = rest.dropFirst().first {
      let found: Int? =
        switch letter | 0x20 {
        case 0x78: 16
        case 0x6F: 8
        case 0x62: 2
        default: nil
        }
      if let found, base == found || base == 0 {
        radix = found
        hasPrefix = true
        rest = rest.dropFirst(2)
        if rest.first == 0x5F { rest.removeFirst() }
      }
    }
    var digits: [UInt8] = []
    var lastWasDigit = false
    for point in rest {
      if point == 0x5F {
        guard lastWasDigit else { throw fault }
        lastWasDigit = false
        continue
      }
      guard let digit = value(of: point), digit < radix else { throw fault }
      digits.append(UInt8(digit < 10 ? 0x30 + digit : 0x57 + digit))
      lastWasDigit = true
    }
    guard lastWasDigit else { throw fault }
    // In base 0 a number may not begin with a nought that says nothing.
    if base == 0, !hasPrefix, digits.count > 1, digits[0] == 0x30,
      digits.contains(where: { $0 != 0x30 })
    {
      throw fault
    }
    if radix & (radix - 1) != 0, digits.count > mostDigits {
      throw .value(
        "Exceeds the limit (4300 digits) for integer string conversion: value has "
          + "\(digits.count) digits; use sys.set_int_max_str_digits() to increase the limit")
    }
    guard digits.count <= 1 << 20 else {
      throw .limit("an integer of more than \(1 << 20) digits")
    }
    let magnitude: BigInt
    if radix == 36 {
      // One more than the library's own reader takes.
      magnitude = digits.reduce(BigInt(0)) { $0 * 36 + BigInt($1 > 0x39 ? $1 - 0x57 : $1 - 0x30) }
    } else {
      magnitude = BigInt(String(decoding: digits, as: UTF8.self), radix: radix) ?? 0
    }
    return isNegative ? -magnitude : magnitude
  }

  /// The value of a digit of any script, or of an ASCII letter.
  private static func value(of point: UInt32) -> Int? {
    switch point {
    case 0x30...0x39: Int(point) - 0x30
    case 0x61...0x7A: Int(point) - 0x57
    case 0x41...0x5A: Int(point) - 0x37
    default: CodePoint.decimalValue(point)
    }
  }

  /// `str(integer)`.
  static func decimal(_ value: BigInt) throws(TemplateError) -> String {
    if value.magnitude.bitWidth > 14_200 {
      let digits = value.magnitude.bitWidth > 14_400 ? Int.max : String(value.magnitude).utf8.count
      guard digits <= mostDigits else {
        throw .value(
          "Exceeds the limit (4300 digits) for integer string conversion; use "
            + "sys.set_int_max_str_digits() to increase the limit")
      }
    }
    return String(value)
  }
}
