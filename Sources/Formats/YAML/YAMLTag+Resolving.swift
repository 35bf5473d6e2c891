extension YAMLTag {
  /// The type of a plain scalar by its text, as the implicit resolvers of PyYAML 6 decide it (YAML 1.1).
  ///
  /// The forms are tried in PyYAML's order: bool, float, int, merge, null, timestamp, value. Differences from the
  /// YAML 1.1 types that people trip over are PyYAML's: `1e5`, `-.5` and `0o17` are strings, `1.e+5` is a float.
  init(resolving text: String) {
    var bytes = text.utf8[...]
    // A regular expression's `$` also matches in front of a last line end, which only a quoted `! "12\n"` can have.
    if bytes.count > 1, bytes.last == 0x0A { bytes.removeLast() }
    guard let first = bytes.first else {
      self = .null
      return
    }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      self = Self.number(ScalarScanner(Array(bytes))) ?? .string
    default: self = bytes.count <= 5 ? Self.word(String(decoding: bytes, as: UTF8.self)) : .string
    }
  }

  private static func word(_ word: String) -> YAMLTag {
    switch word {
    case "yes", "Yes", "YES", "no", "No", "NO", "true", "True", "TRUE", "false", "False", "FALSE",
      "on", "On", "ON", "off", "Off", "OFF":
      .bool
    case "~", "null", "Null", "NULL": .null
    case "<<": .merge
    case "=": .value
    default: .string
    }
  }

  private static func number(_ scalar: ScalarScanner) -> YAMLTag? {
    if isDecimalFloat(scalar) || isSexagesimalFloat(scalar) || isNonFinite(scalar) { return .float }
    if scalar.first == UInt8(ascii: ".") { return nil }
    if isInt(scalar) { return .int }
    if scalar.isDate || (scalar.first != UInt8(ascii: "+") && scalar.isDateTime) {
      return .timestamp
    }
    return nil
  }

  /// `[-+]?[0-9][0-9_]*\.[0-9_]*([eE][-+][0-9]+)?` or, without a sign, `\.[0-9][0-9_]*([eE][-+][0-9]+)?`.
  private static func isDecimalFloat(_ scalar: ScalarScanner) -> Bool {
    var s = scalar
    if s.take(".") {
      guard s.takeOne(where: isDigit) else { return false }
    } else {
      s.takeSign()
      guard s.takeOne(where: isDigit) else { return false }
      s.takeAll(where: isDigitOrUnderscore)
      guard s.take(".") else { return false }
    }
    s.takeAll(where: isDigitOrUnderscore)
    if s.isAtEnd { return true }
    guard s.take("e") || s.take("E"), s.takeSign(), s.takeOne(where: isDigit) else { return false }
    s.takeAll(where: isDigit)
    return s.isAtEnd
  }

  /// `[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*`.
  private static func isSexagesimalFloat(_ scalar: ScalarScanner) -> Bool {
    var s = scalar
    s.takeSign()
    guard s.takeOne(where: isDigit) else { return false }
    s.takeAll(where: isDigitOrUnderscore)
    guard s.takeSexagesimalParts(), s.take(".") else { return false }
    s.takeAll(where: isDigitOrUnderscore)
    return s.isAtEnd
  }

  /// `[-+]?\.(inf|Inf|INF)` or `\.(nan|NaN|NAN)`.
  private static func isNonFinite(_ scalar: ScalarScanner) -> Bool {
    switch String(decoding: scalar.bytes.prefix(8), as: UTF8.self) {
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF", ".nan",
      ".NaN", ".NAN":
      true
    default: false
    }
  }

  /// `[-+]?` and then `0b[01_]+`, `0[0-7_]+`, `0`, `[1-9][0-9_]*`, `0x[0-9a-fA-F_]+` or `[1-9][0-9_]*(:[0-5]?[0-9])+`.
  private static func isInt(_ scalar: ScalarScanner) -> Bool {
    var s = scalar
    s.takeSign()
    if s.take("0") {
      if s.isAtEnd { return true }
      if s.take("b") {
        return s.takeAll { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "1") || $0 == underscore }
          && s.isAtEnd
      }
      if s.take("x") { return s.takeAll { isHexDigit($0) || $0 == underscore } && s.isAtEnd }
      return s.takeAll { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "7") || $0 == underscore }
        && s.isAtEnd
    }
    guard s.takeOne(where: isDigit) else { return false }
    s.takeAll(where: isDigitOrUnderscore)
    if s.isAtEnd { return true }
    return s.takeSexagesimalParts() && s.isAtEnd
  }
}

private let underscore = UInt8(ascii: "_")

private func isDigit(_ byte: UInt8) -> Bool {
  byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
}

private func isDigitOrUnderscore(_ byte: UInt8) -> Bool { isDigit(byte) || byte == underscore }

private func isHexDigit(_ byte: UInt8) -> Bool {
  isDigit(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "f"))
}

extension ScalarScanner {
  /// `(:[0-5]?[0-9])+`; greedy, which finds the one way there is.
  fileprivate mutating func takeSexagesimalParts() -> Bool {
    var count = 0
    while take(":") {
      guard let tens = peek, isDigit(tens) else { return false }
      position += 1
      if let ones = peek, isDigit(ones) {
        guard tens <= UInt8(ascii: "5") else { return false }
        position += 1
      }
      count += 1
    }
    return count > 0
  }

  /// `[0-9]{4}-[0-9]{2}-[0-9]{2}`.
  fileprivate var isDate: Bool {
    guard bytes.count == 10 else { return false }
    return bytes.indices.allSatisfy { index in
      index == 4 || index == 7 ? bytes[index] == UInt8(ascii: "-") : isDigit(bytes[index])
    }
  }

  /// A date with a time, as the resolver (stricter than the constructor about nothing but that a time is there) has it.
  fileprivate var isDateTime: Bool {
    guard let parts = TimestampParts(bytes) else { return false }
    return parts.hour != nil
  }
}
