/// Doubles out of exact numbers: every one is rounded once, to the nearest, ties to even.
extension LongInteger {
  /// The number times 2^`exponent`, over the divisors; infinite when it is too large.
  func rounded(exponent: Int, over divisors: UInt64...) -> Double {
    // Enough digits below that a rest cannot decide a tie alone.
    let digits = divisors.count * 64 + 66
    let shift = divisors.isEmpty ? 0 : max(0, digits - bitWidth)
    var quotient = magnitude << shift
    var isCut = false
    for divisor in divisors {
      let (next, hasRest) = quotient.divided(by: divisor)
      quotient = next
      isCut = isCut || hasRest
    }
    let size = Self.round(quotient, isCut: isCut, exponent: exponent - shift)
    return isNegative ? -size : size
  }

  /// The square root of the number times 2^`exponent`, over the divisors; NaN below zero.
  func rootRounded(exponent: Int, over divisors: UInt64...) -> Double {
    if isNegative { return .nan }
    if isZero { return 0 }
    let digits = divisors.count * 64 + 130
    var shift = max(0, digits - bitWidth)
    // The power of two must be even, to have a root.
    if (exponent - shift) & 1 != 0 { shift += 1 }
    var square = self << shift
    var isCut = false
    for divisor in divisors {
      let (next, hasRest) = square.divided(by: divisor)
      square = next
      isCut = isCut || hasRest
    }
    let drop = (square.bitWidth - 127) / 2 * 2
    let (leading, isCutAgain) = square.shiftedDown(by: max(0, drop))
    let number = leading.words.reversed().reduce(UInt128(0)) { $0 << 32 | UInt128($1) }
    let root = Self.root(of: number)
    isCut = isCut || isCutAgain || UInt128(root) * UInt128(root) != number
    return Self.round(
      LongInteger(Int128(root)), isCut: isCut, exponent: (exponent - shift + max(0, drop)) / 2)
  }

  /// The magnitude as `mantissa`·2^`exponent` with the highest bit of the mantissa set, the rest
  /// cut off; nil for zero.
  var leadingBits: (mantissa: UInt64, exponent: Int)? {
    guard !isZero else { return nil }
    let exponent = bitWidth - 64
    let number = exponent >= 0 ? shiftedDown(by: exponent).0 : magnitude << -exponent
    return (number.words.reversed().reduce(0) { $0 << 32 | UInt64($1) }, exponent)
  }

  /// This number over another, to half a unit in the last place and a thousandth; NaN over zero.
  func ratio(over other: LongInteger) -> Double {
    guard let below = other.leadingBits else { return .nan }
    guard let above = leadingBits else { return 0 }
    // Half of the numerator, so that the quotient fits: 2^62 < quotient < 2^64.
    let quotient = below.mantissa.dividingFullWidth((above.mantissa >> 1, above.mantissa << 63))
    let size = Self.round(
      LongInteger(Int128(quotient.quotient)), isCut: quotient.remainder != 0,
      exponent: above.exponent - below.exponent - 63)
    return isNegative == other.isNegative ? size : -size
  }

  /// This number over the square root of the product of two positive ones, as precise.
  func ratio(overRootOf a: LongInteger, _ b: LongInteger) -> Double {
    guard let a = a.leadingBits, let b = b.leadingBits else { return .nan }
    guard let above = leadingBits else { return 0 }
    var product = UInt128(a.mantissa) * UInt128(b.mantissa)
    var exponent = a.exponent + b.exponent
    if exponent & 1 != 0 {
      // A product of two such mantissas is at least 2^126.
      product >>= 1
      exponent += 1
    }
    // At least 2^62; brought to its highest bit again for the division.
    let root = Self.root(of: product)
    let shift = root.leadingZeroBitCount
    let quotient = (root << UInt64(shift)).dividingFullWidth(
      (above.mantissa >> 1, above.mantissa << 63))
    let size = Self.round(
      LongInteger(Int128(quotient.quotient)), isCut: quotient.remainder != 0,
      exponent: above.exponent - (exponent / 2 - shift) - 63)
    return isNegative ? -size : size
  }

  /// The whole part of the square root.
  static func root(of number: UInt128) -> UInt64 {
    guard number > 0 else { return 0 }
    // An estimate of 52 bits, which one step of Newton's brings to a unit or two.
    let high = Double(UInt64(truncatingIfNeeded: number >> 64)) * 0x1p64
    let estimate = (high + Double(UInt64(truncatingIfNeeded: number))).squareRoot()
    var root = UInt128(estimate >= 0x1p64 ? .max : max(1, UInt64(estimate)))
    root = min((root + number / root) / 2, UInt128(UInt64.max))
    while root * root > number { root -= 1 }
    while root < UInt128(UInt64.max), (root + 1) * (root + 1) <= number { root += 1 }
    return UInt64(root)
  }

  /// A magnitude times 2^`exponent`, to the nearest double.
  ///
  /// - Parameter isCut: a part of the true number that is less than one was cut off; then the
  ///   magnitude has at least 55 bits.
  private static func round(_ number: LongInteger, isCut: Bool, exponent: Int) -> Double {
    guard !number.isZero else { return 0 }
    // Where the last bit of the double stands.
    let last = max(number.bitWidth + exponent - 53, -1074)
    if last + 53 > 1200 { return .infinity }
    var bits: UInt64
    if last <= exponent {
      bits = (number << (exponent - last)).words.reversed().reduce(0) { $0 << 32 | UInt64($1) }
    } else {
      // One bit more than the double has, for the half.
      let (kept, isCutHere) = number.shiftedDown(by: last - exponent - 1)
      let long = kept.words.reversed().reduce(UInt64(0)) { $0 << 32 | UInt64($1) }
      bits = long >> 1
      let isHalf = long & 1 == 1
      if isHalf && (isCut || isCutHere || bits & 1 == 1) { bits += 1 }
    }
    return Double(sign: .plus, exponent: last, significand: Double(bits))
  }
}
