/// A whole number of any size, built digit by digit. Only what reading numbers needs.
struct DecimalInteger {
  var isNegative = false
  /// Nine decimal digits each, the smallest first.
  private var limbs: [UInt32] = []

  private static let limb: UInt64 = 1_000_000_000

  init() {}

  /// The value of a double; nil when it has a fraction or is not finite.
  init?(exactly value: Double) {
    guard value.isFinite, value == value.rounded(.towardZero) else { return nil }
    isNegative = value < 0
    if value == 0 { return }
    let exponent = Int(value.exponent)
    var shift = exponent - Double.significandBitCount
    var significand = value.significandBitPattern | 1 << Double.significandBitCount
    if shift < 0 {
      significand >>= UInt64(-shift)
      shift = 0
    }
    multiply(by: 1, adding: UInt32(significand >> 32))
    multiply(by: 1 << 16, adding: 0)
    multiply(by: 1 << 16, adding: UInt32(truncatingIfNeeded: significand))
    while shift > 0 {
      let step = min(shift, 16)
      multiply(by: 1 << UInt32(step), adding: 0)
      shift -= step
    }
  }

  /// Makes it `self × factor + addend`.
  mutating func multiply(by factor: UInt32, adding addend: UInt32) {
    var carry = UInt64(addend)
    for index in limbs.indices {
      // Below 2^30 · 2^32 + 2^33, which fits.
      let product = UInt64(limbs[index]) * UInt64(factor) + carry
      limbs[index] = UInt32(product % Self.limb)
      carry = product / Self.limb
    }
    while carry > 0 {
      limbs.append(UInt32(carry % Self.limb))
      carry /= Self.limb
    }
  }

  /// How many decimal digits it has, or up to eight more.
  var digitsAtMost: Int { limbs.count * 9 }

  /// Decimal text; zero has no sign.
  var text: String {
    guard let last = limbs.last else { return "0" }
    var text = isNegative ? "-" : ""
    text += String(last)
    for limb in limbs.dropLast().reversed() {
      let digits = String(limb)
      text += String(repeating: "0", count: 9 - digits.count) + digits
    }
    return text
  }

  var value: YAMLValue {
    let text = text
    return Int64(text).map { .int($0) } ?? .bigInt(text)
  }
}
