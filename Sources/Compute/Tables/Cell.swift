import Glibc

/// What the text of one table cell says, by pandas' rules.
package enum Cell: Sendable, Hashable {
  /// One of the words that pandas' `read_csv` takes for a missing value by default, the empty text included.
  case missing
  /// Digits with an optional sign that fit a signed 64-bit integer.
  case whole(Double)
  /// Any other decimal number, larger integers included, or an infinity.
  case number(Double)
  case text

  /// Spaces and tabs around a number do not count; around a word they do.
  package init(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let first = bytes.first else {
      self = .missing
      return
    }
    // Letters can start no finite number.
    if first < 0x40, let number = Self.number(bytes) {
      self = number
    } else if Self.isMissing(bytes) {
      self = .missing
    } else if let infinity = Self.infinity(bytes) {
      self = .number(infinity)
    } else {
      self = .text
    }
  }

  /// The same for text that is at hand as a string.
  package init(_ text: String) {
    var text = text
    self = text.withUTF8 { Cell($0) }
  }
}

extension Cell {
  /// pandas 3's `STR_NA_VALUES`.
  private static func isMissing(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count <= 8 else { return false }
    switch bytes.first {
    case UInt8(ascii: "N"): return matches(bytes, ["NA", "NaN", "N/A", "NULL", "None"])
    case UInt8(ascii: "n"): return matches(bytes, ["nan", "null", "n/a"])
    case UInt8(ascii: "#"): return matches(bytes, ["#N/A", "#N/A N/A", "#NA"])
    case UInt8(ascii: "<"): return matches(bytes, ["<NA>"])
    case UInt8(ascii: "-"): return matches(bytes, ["-nan", "-NaN", "-1.#IND", "-1.#QNAN"])
    case UInt8(ascii: "1"): return matches(bytes, ["1.#IND", "1.#QNAN"])
    default: return bytes.isEmpty
    }
  }

  private static func matches(_ bytes: UnsafeBufferPointer<UInt8>, _ words: [StaticString]) -> Bool
  {
    guard let start = bytes.baseAddress else { return false }
    return words.contains { word in
      word.utf8CodeUnitCount == bytes.count && memcmp(word.utf8Start, start, bytes.count) == 0
    }
  }

  private static func infinity(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let first = bytes.first else { return nil }
    let isSigned = first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
    let word = bytes.dropFirst(isSigned ? 1 : 0)
    guard word.count == 3 || word.count == 8 else { return nil }
    let lower = word.map { $0 | 0x20 }
    guard lower == Array("inf".utf8) || lower == Array("infinity".utf8) else { return nil }
    return first == UInt8(ascii: "-") ? -.infinity : .infinity
  }

  /// A decimal number, correctly rounded; nil when the text is none.
  private static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Cell? {
    var start = 0
    var end = bytes.count
    while start < end, isBlank(bytes[start]) { start += 1 }
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    var at = start
    var isNegative = false
    if at < end, bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "+") {
      isNegative = bytes[at] == UInt8(ascii: "-")
      at += 1
    }
    let digits = at
    // Wraps beyond 19 digits, and is then not used.
    var mantissa: UInt64 = 0
    while at < end, isDigit(bytes[at]) {
      mantissa = mantissa &* 10 &+ UInt64(bytes[at] & 15)
      at += 1
    }
    var count = at - digits
    if at == end, count > 0, count <= 18 || fitsInt64(bytes[digits..<end], isNegative: isNegative) {
      let value = Double(mantissa)
      // pandas reads `-0` as an integer, which has no negative zero.
      return .whole(isNegative && mantissa != 0 ? -value : value)
    }
    var exponent = 0
    if at < end, bytes[at] == UInt8(ascii: ".") {
      at += 1
      let fraction = at
      while at < end, isDigit(bytes[at]) {
        mantissa = mantissa &* 10 &+ UInt64(bytes[at] & 15)
        at += 1
      }
      exponent = fraction - at
      count += at - fraction
    }
    guard count > 0 else { return nil }
    if at < end {
      guard let written = scanExponent(bytes, &at, end) else { return nil }
      exponent += written
    }
    // Clinger's fast path: both factors are exact, so one rounding is all there is.
    if count <= 19, mantissa < 1 << 53, exponent >= -22, exponent <= 22 {
      let value = Double(mantissa)
      let scaled = exponent < 0 ? value / powersOfTen[-exponent] : value * powersOfTen[exponent]
      return .number(isNegative ? -scaled : scaled)
    }
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    return Double(text.utf8.first == UInt8(ascii: "+") ? String(text.dropFirst()) : text).map {
      .number($0)
    }
  }

  /// `e` or `E`, an optional sign, and at least one digit, up to `end`. Exponents past 100,000 are as good as that.
  private static func scanExponent(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int, _ end: Int
  ) -> Int? {
    guard bytes[at] | 0x20 == UInt8(ascii: "e") else { return nil }
    at += 1
    var isNegative = false
    if at < end, bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "+") {
      isNegative = bytes[at] == UInt8(ascii: "-")
      at += 1
    }
    guard at < end else { return nil }
    var value = 0
    while at < end, isDigit(bytes[at]) {
      value = min(value * 10 + Int(bytes[at] & 15), 100_000)
      at += 1
    }
    return at == end ? (isNegative ? -value : value) : nil
  }

  private static func fitsInt64(
    _ digits: Slice<UnsafeBufferPointer<UInt8>>, isNegative: Bool
  ) -> Bool {
    let significant = digits.drop { $0 == UInt8(ascii: "0") }
    guard significant.count >= 19 else { return true }
    let limit = Array((isNegative ? "9223372036854775808" : "9223372036854775807").utf8)
    return significant.count == 19
      && !limit.lexicographicallyPrecedes(significant)
  }

  @inline(__always) private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  @inline(__always) private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}
