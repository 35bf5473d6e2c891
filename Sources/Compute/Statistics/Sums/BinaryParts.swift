/// A double as whole numbers: ±`mantissa` · 2^(`position` - 1074).
struct BinaryParts {
  /// Less than 2^53.
  let mantissa: UInt64
  /// In 0...2045 for finite numbers, else 2046.
  let position: Int
  /// 0, or -1 (all bits set) for a negative number.
  let sign: Int64

  @inline(__always)
  init(_ x: Double) {
    let bits = x.bitPattern
    let exponent = Int(truncatingIfNeeded: bits >> 52) & 0x7FF
    // Subnormal numbers have the exponent of the smallest normal ones, and no leading one.
    let isNormal: UInt64 = exponent == 0 ? 0 : 1
    mantissa = bits & 0xF_FFFF_FFFF_FFFF | isNormal &<< 52
    position = exponent &- Int(truncatingIfNeeded: isNormal)
    sign = Int64(bitPattern: bits) &>> 63
  }

  @inline(__always)
  var isFinite: Bool { position != Self.notFinite }

  /// ±`mantissa`.
  @inline(__always)
  var signed: Int64 { (Int64(bitPattern: mantissa) ^ sign) &- sign }

  /// Where infinities and NaN stand.
  static let notFinite = 2046
  /// How many positions there are.
  static let positions = 2047
}
