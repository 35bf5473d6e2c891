/// Reads decimal numbers out of bytes, correctly rounded: the inner loop of reading tables.
struct DecimalScanner {
  /// `Int64`'s largest magnitudes, as digits.
  private static let largest = Array("9223372036854775807".utf8)
  private static let smallest = Array("9223372036854775808".utf8)

  /// The number that the bytes spell, spaces and tabs around it left out; nil when they spell none.
  static func scan(_ bytes: UnsafeBufferPointer<UInt8>) -> Cell? {
    guard var at = bytes.baseAddress else { return nil }
    var end = at + bytes.count
    while at < end, isBlank(at[0]) { at += 1 }
    while at < end, isBlank(end[-1]) { end -= 1 }
    let start = at
    let isNegative = at < end && at[0] == UInt8(ascii: "-")
    if isNegative || at < end && at[0] == UInt8(ascii: "+") { at += 1 }
    let digits = at
    // Wraps beyond 19 digits, and is then not used.
    var mantissa: UInt64 = 0
    while at < end, isDigit(at[0]) {
      mantissa = mantissa &* 10 &+ UInt64(at[0] & 15)
      at += 1
    }
    var count = at - digits
    if at == end, count > 0,
      count <= 18 || fitsInt64(UnsafeBufferPointer(start: digits, count: count), isNegative)
    {
      let value = Double(mantissa)
      // pandas reads `-0` as an integer, which has no negative zero.
      return .whole(isNegative && mantissa != 0 ? -value : value)
    }
    var exponent = 0
    if at < end, at[0] == UInt8(ascii: ".") {
      at += 1
      let fraction = at
      while at < end, isDigit(at[0]) {
        mantissa = mantissa &* 10 &+ UInt64(at[0] & 15)
        at += 1
      }
      exponent = fraction - at
      count += at - fraction
    }
    guard count > 0 else { return nil }
    if at < end {
      guard let written = scanExponent(&at, end) else { return nil }
      exponent += written
    }
    let magnitude: Double
    if count <= 19, let value = scaled(mantissa, exponent) {
      magnitude = value
    } else {
      let unsigned = start < digits ? start + 1 : start
      let text = UnsafeBufferPointer(start: unsigned, count: end - unsigned)
      guard let value = Double(String(decoding: text, as: UTF8.self)) else { return nil }
      magnitude = value
    }
    return .number(isNegative ? -magnitude : magnitude)
  }

  /// mantissa · 10^exponent, rounded once; nil when this takes more than 64-bit arithmetic.
  @inline(__always)
  static func scaled(_ mantissa: UInt64, _ exponent: Int) -> Double? {
    if mantissa < 1 << 53, exponent >= -22, exponent <= 22 {
      // Both factors are exact (W. Clinger, "How to read floating point numbers accurately", 1990).
      let value = Double(mantissa)
      return exponent < 0 ? value / powersOfTen[-exponent] : value * powersOfTen[exponent]
    }
    guard mantissa > 0, exponent >= -19, exponent <= 0 else { return nil }
    return quotient(mantissa, wholePowersOfTen[-exponent])
  }

  /// 10^exponent for exponents that it is exact for, 0...22.
  @inline(__always)
  static func powerOfTen(_ exponent: Int) -> Double { powersOfTen[exponent] }

  /// a / b for a, b > 0, rounded to the nearest double, ties to even.
  private static func quotient(_ a: UInt64, _ b: UInt64) -> Double {
    let (shiftA, shiftB) = (a.leadingZeroBitCount, b.leadingZeroBitCount)
    let (x, y) = (a << UInt64(shiftA), b << UInt64(shiftB))
    // x·2^63 / y: both have their top bit set, so the quotient has 63 or 64 bits.
    let (q, remainder) = y.dividingFullWidth((x >> 1, x << 63))
    let shift = q.leadingZeroBitCount
    let bits = q << UInt64(shift)
    var significand = bits >> 11
    let rest = bits & 0x7FF
    if rest > 0x400 || rest == 0x400 && (remainder != 0 || significand & 1 == 1) {
      significand += 1
    }
    let power = 11 - shift - 63 + shiftB - shiftA
    return Double(significand) * Double(bitPattern: UInt64(1023 + power) << 52)
  }

  /// `e` or `E`, an optional sign, and at least one digit, up to `end`. Exponents past 100,000 are
  /// as good as that.
  private static func scanExponent(_ at: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>)
    -> Int?
  {
    guard at[0] | 0x20 == UInt8(ascii: "e") else { return nil }
    at += 1
    let isNegative = at < end && at[0] == UInt8(ascii: "-")
    if isNegative || at < end && at[0] == UInt8(ascii: "+") { at += 1 }
    guard at < end else { return nil }
    var value = 0
    while at < end, isDigit(at[0]) {
      value = min(value * 10 + Int(at[0] & 15), 100_000)
      at += 1
    }
    return at == end ? (isNegative ? -value : value) : nil
  }

  private static func fitsInt64(_ digits: UnsafeBufferPointer<UInt8>, _ isNegative: Bool) -> Bool {
    let significant = digits.drop { $0 == UInt8(ascii: "0") }
    if significant.count != 19 { return significant.count < 19 }
    return !(isNegative ? smallest : largest).lexicographicallyPrecedes(significant)
  }

  @inline(__always) private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  @inline(__always) private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09
  }

  private static let wholePowersOfTen: [UInt64] = [
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
    10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000,
    1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000,
    1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
  ]

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}
