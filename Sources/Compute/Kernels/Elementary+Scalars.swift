/// The same of one number, for every double, and what statistics needs besides.
extension Elementary {
  /// e^x to 1 unit in the last place; 0 far below, infinity far above, NaN for NaN.
  package static func exponential(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x < -746 { return 0 }
    if x > 710 { return .infinity }
    let n = (x * 0x1.71547652b82fep0).rounded()
    let r = (x - n * 0x1.62e42fee00000p-1) - n * 0x1.a39ef35793c76p-33
    var sum = 1 / 6_227_020_800.0
    for factor in inverseFactorials { sum = sum * r + factor }
    return Double(sign: .plus, exponent: Int(n), significand: 1 + (sum * (r * r) + r))
  }

  private static let inverseFactorials: [Double] = [
    1 / 479_001_600, 1 / 39_916_800, 1 / 3_628_800, 1 / 362_880, 1 / 40_320, 1 / 5_040, 1 / 720,
    1 / 120, 1 / 24, 1 / 6, 1 / 2,
  ]

  /// ln x to 2 units in the last place; -infinity for 0, NaN below.
  package static func logarithm(_ x: Double) -> Double {
    if x == 0 { return -.infinity }
    if !(x > 0) { return .nan }
    if x == .infinity { return x }
    var n = Double(x.exponent)
    var m = x.significand
    if m > 1.4142135623730951 {
      m *= 0.5
      n += 1
    }
    return n * 0x1.62e42fee00000p-1 + (artanhTwice(m - 1, m + 1) + n * 0x1.a39ef35793c76p-33)
  }

  /// ln(1 + x) to 2 units in the last place, also of small x; -infinity for -1, NaN below.
  package static func logarithm(onePlus x: Double) -> Double {
    // 1 + x is in [√½, √2).
    if x > -0.29 && x < 0.41 { return artanhTwice(x, 2 + x) }
    return logarithm(1 + x)
  }

  /// 2·artanh(above / below) of a ratio up to 0.172.
  private static func artanhTwice(_ above: Double, _ below: Double) -> Double {
    let s = above / below
    let q = s * s
    var sum = 2 / 21.0
    for divisor in stride(from: 19.0, through: 3, by: -2) { sum = sum * q + 2 / divisor }
    return s * 2 + s * q * sum
  }

  /// x^y of a positive x and a whole number y >= 0, by squarings.
  package static func power(_ x: Double, _ y: Int) -> Double {
    var (result, square, rest) = (1.0, x, y)
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }

  /// sin x for x in -π/2...π/2, by its Taylor polynomial of degree 25.
  package static func sine(_ x: Double) -> Double {
    let square = -x * x
    var sum = 1.0
    for k in stride(from: 24.0, through: 2, by: -2) { sum = 1 + sum * square / (k * (k + 1)) }
    return x * sum
  }
}
