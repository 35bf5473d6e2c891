/// A decimal number of at most 19 digits, as nearly all in tables are, read in one pass over its bytes.
struct PlainNumber {
  let value: Double
  /// It has a point or an exponent.
  let isFraction: Bool

  /// Reads a number and moves behind it; what stands there is not looked at. Nil when it is none of this kind.
  ///
  /// Up to eight bytes are read behind the first that cannot belong to a number, such as a newline.
  @inline(__always)
  init?(_ at: inout UnsafePointer<UInt8>) {
    let isNegative = at[0] == UInt8(ascii: "-")
    if isNegative { at += 1 }
    let digits = at
    var mantissa: UInt64 = 0
    Self.readDigits(&at, &mantissa)
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
      while let eight = Self.eightDigits(at) {
        mantissa = mantissa &* 100_000_000 &+ eight
        at += 8
      }
      Self.readDigits(&at, &mantissa)
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

  @inline(__always)
  private static func readDigits(_ at: inout UnsafePointer<UInt8>, _ mantissa: inout UInt64) {
    while at[0] &- 0x30 < 10 {
      mantissa = mantissa &* 10 &+ UInt64(at[0] & 15)
      at += 1
    }
  }

  /// The number that the next eight bytes spell, if all are digits: neighbours are joined in pairs, fours and eights.
  @inline(__always)
  private static func eightDigits(_ at: UnsafePointer<UInt8>) -> UInt64? {
    let bytes = UInt64(littleEndian: UnsafeRawPointer(at).loadUnaligned(as: UInt64.self))
    let highs: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
    // 6 more takes all but digits into the next sixteen.
    guard bytes & highs | ((bytes &+ 0x0606_0606_0606_0606) & highs) >> 4 == 0x3333_3333_3333_3333
    else { return nil }
    let pairs = ((bytes & 0x0F0F_0F0F_0F0F_0F0F) &* (10 << 8 + 1)) >> 8 & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* (100 << 16 + 1)) >> 16 & 0x0000_FFFF_0000_FFFF
    return (fours &* (10_000 << 32 + 1)) >> 32
  }
}
