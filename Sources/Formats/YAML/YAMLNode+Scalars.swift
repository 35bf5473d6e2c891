import Platform

/// What PyYAML's constructors make of the text of a scalar of each type.
extension YAMLNode {
  func boolValue(_ text: String) throws(ParseFailure) -> YAMLValue {
    switch text.lowercased() {
    case "yes", "true", "on": return .bool(true)
    case "no", "false", "off": return .bool(false)
    default: throw failure("`\(shortened(text))` is not a truth value")
    }
  }

  /// `0b…`, `0x…`, octal after a `0`, base 60 with `:`, decimal; underscores anywhere.
  func intValue(_ written: String) throws(ParseFailure) -> YAMLValue {
    // Far more than Python converts, without a look at all of it.
    guard written.utf8.count < 1 << 20 else { throw notWhole(written) }
    var text = written.utf8.filter { $0 != UInt8(ascii: "_") }[...]
    let isNegative = text.first == UInt8(ascii: "-")
    if isNegative || text.first == UInt8(ascii: "+") { text.removeFirst() }
    let digits = String(decoding: text, as: UTF8.self)
    guard let first = text.first else { throw notWhole(written) }
    let value: DecimalInteger? =
      if digits == "0" {
        PythonNumber.integer(digits)
      } else if digits.hasPrefix("0b") {
        PythonNumber.integer(digits.dropFirst(2), base: 2)
      } else if digits.hasPrefix("0x") {
        PythonNumber.integer(digits.dropFirst(2), base: 16)
      } else if first == UInt8(ascii: "0") {
        PythonNumber.integer(digits, base: 8)
      } else if text.contains(UInt8(ascii: ":")) {
        sexagesimal(text)
      } else {
        PythonNumber.integer(digits)
      }
    guard var value else { throw notWhole(written) }
    // `--5` is PyYAML's 5: the sign is taken off, and Python's `int` reads the other.
    if isNegative { value.isNegative.toggle() }
    return value.value
  }

  func floatValue(_ written: String) throws(ParseFailure) -> YAMLValue {
    var text = written.utf8.filter { $0 != UInt8(ascii: "_") }[...]
    let isNegative = text.first == UInt8(ascii: "-")
    if isNegative || text.first == UInt8(ascii: "+") { text.removeFirst() }
    let digits = String(decoding: text, as: UTF8.self).lowercased()
    let sign: Double = isNegative ? -1 : 1
    if digits == ".inf" { return .float(sign * .infinity) }
    if digits == ".nan" { return .float(.nan) }
    guard digits.contains(":") else {
      guard let value = PythonNumber.float(digits) else { throw notNumber(written) }
      return .float(sign * value)
    }
    // From the last part to the first, as PyYAML adds them up; 60^n is rounded once, as Python's integers are.
    var sum = 0.0
    var base = DecimalInteger()
    base.multiply(by: 1, adding: 1)
    for part in digits.split(separator: ":", omittingEmptySubsequences: false).reversed() {
      guard let value = PythonNumber.float(part), let factor = Double(base.text),
        factor.isFinite
      else { throw notNumber(written) }
      sum += value * factor
      base.multiply(by: 60, adding: 0)
    }
    return .float(sign * sum)
  }

  func timestampValue(_ text: String) throws(ParseFailure) -> YAMLValue {
    var bytes = Array(text.utf8)
    if bytes.last == 0x0A { bytes.removeLast() }
    guard let parts = TimestampParts(bytes) else {
      throw failure("`\(shortened(text))` is not a date", hint: "write it as 2024-01-31")
    }
    guard let date = YAMLDate(year: parts.year, month: parts.month, day: parts.day) else {
      throw failure(
        "there is no day `\(shortened(text))`", hint: "put it in quotes if it is not a date")
    }
    guard let hour = parts.hour else { return .date(date) }
    guard
      let time = YAMLDateTime(
        date: date, hour: hour, minute: parts.minute, second: parts.second,
        microsecond: parts.microsecond, offset: parts.offset)
    else {
      throw failure(
        "there is no time `\(shortened(text))`", hint: "put it in quotes if it is not a time")
    }
    return .dateTime(time)
  }

  /// Base64 as Python's `base64.decodebytes` reads it: foreign characters are skipped, padding has to be right.
  func binaryValue(_ text: String) throws(ParseFailure) -> YAMLValue {
    guard text.utf8.allSatisfy({ $0 < 0x80 }) else {
      throw failure("base64 text with characters that are not ASCII")
    }
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var position = 0
    var padding = 0
    for byte in text.utf8 {
      if byte == UInt8(ascii: "=") {
        if position >= 2 {
          padding += 1
          if position + padding >= 4 { return .bytes(bytes) }
        }
        continue
      }
      guard let digit = base64Digit(byte) else { continue }
      padding = 0
      bits = bits << 6 | digit
      if position > 0 { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(6 - 2 * position))) }
      position = (position + 1) % 4
    }
    guard position == 0 else { throw failure("base64 text that ends too early") }
    return .bytes(bytes)
  }

  private func base64Digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - 65)
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - 97 + 26)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - 48 + 52)
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }

  private func sexagesimal(_ text: some Sequence<UInt8>) -> DecimalInteger? {
    let parts = String(decoding: Array(text), as: UTF8.self)
      .split(separator: ":", omittingEmptySubsequences: false)
    guard let first = parts.first, var value = PythonNumber.integer(first), !value.isNegative,
      parts.count <= PythonNumber.mostDigits
    else { return nil }
    for part in parts.dropFirst() {
      guard let digit = PythonNumber.integer(part), !digit.isNegative,
        let small = UInt32(digit.text)
      else { return nil }
      value.multiply(by: 60, adding: small)
    }
    return value.digitsAtMost <= PythonNumber.mostDigits + 9 ? value : nil
  }

  private func notWhole(_ text: String) -> ParseFailure {
    failure("`\(shortened(text))` is not a whole number, or one that is too long")
  }

  private func notNumber(_ text: String) -> ParseFailure {
    failure("`\(shortened(text))` is not a number")
  }

  private func shortened(_ text: String) -> String {
    text.unicodeScalars.count <= 60
      ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(60))) + "…"
  }
}
