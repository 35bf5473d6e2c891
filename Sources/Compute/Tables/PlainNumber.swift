/// A decimal number of at most 19 digits, as nearly all in tables are, read in one pass over its bytes.
struct PlainNumber {
  let value: Double
  /// It has a point or an exponent.
  let isFraction: Bool

  /// Reads a number and moves behind it; what stands there is not looked at. Nil when it is none of this kind.
  ///
  /// No byte is read behind the first that cannot belong to a number, such as a newline.
  @inline(__always)
  init?(_ at: inout UnsafePointer<UInt8>) {
    let isNegative = at[0] == UInt8(ascii: "-")
    if isNegative { at += 1 }
    let digits = at
    var mantissa: UInt64 = 0
    while at[0] &- 0x30 < 10 {
      mantissa = mantissa &* 10 &+ UInt64(at[0] & 15)
      at += 1
    }
    var count = at - digits
    guard at[0] == UInt8(ascii: ".") || at[0] | 0x20 == UInt8(ascii: "e") else {
      guard count > 0, count <= 18 else { return nil }
      let whole = Double(Int64(bitPattern: mantissa))
      // pandas reads `-0` as an integer, which has no negative zero.
      value = isNegative && mantissa != 0 ? -whole : whole
      isFraction = false
      return
    }
    var exponent = 0
    if at[0] == UInt8(ascii: ".") {
      at += 1
      let fraction = at
      while at[0] &- 0x30 < 10 {
        mantissa = mantissa &* 10 &+ UInt64(at[0] & 15)
        at += 1
      }
      exponent = fraction - at
      count += at - fraction
    }
    guard count > 0, count <= 19 else { return nil }
    if at[0] | 0x20 == UInt8(ascii: "e") {
      at += 1
      let isBelow = at[0] == UInt8(ascii: "-")
      if isBelow || at[0] == UInt8(ascii: "+") { at += 1 }
      let start = at
      var written = 0
      while at[0] &- 0x30 < 10, at - start < 4 {
        written = written * 10 + Int(at[0] & 15)
        at += 1
      }
      guard at > start, at[0] &- 0x30 >= 10 else { return nil }
      exponent += isBelow ? -written : written
    }
    guard let magnitude = DecimalScanner.scaled(mantissa, exponent) else { return nil }
    value = isNegative ? -magnitude : magnitude
    isFraction = true
  }
}
