extension DoubleDouble {
  /// e^x as a number around 1 times 2^`exponent`; x in ±10^9.
  ///
  /// x = n·ln 2 + 256·r, a Taylor polynomial in r, and eight squarings.
  var exponential: (mantissa: DoubleDouble, exponent: Int) {
    let n = (high / Self.ln2.high).rounded()
    let r = (self - Self.ln2 * n).scaled(by: -8)
    // e^r - 1, so that squarings lose nothing of what is small: r is less than 0.0014.
    var term = r
    var sum = r
    for divisor in 2...11 {
      term = term * r / Double(divisor)
      sum = sum + term
    }
    for _ in 0..<8 { sum = sum.scaled(by: 1) + sum * sum }
    return (sum + 1, Int(n))
  }

  /// e^x rounded; 0 far below and infinity far above.
  var exponentialRounded: Double {
    if high.isNaN { return .nan }
    if high < -800 { return 0 }
    if high > 800 { return .infinity }
    let (mantissa, exponent) = exponential
    return Double(sign: .plus, exponent: exponent, significand: mantissa.high)
  }

  /// ln x of a positive number; -infinity for 0.
  ///
  /// One step from the logarithm of the upper half: ln x = y + ln(1 + d) with 1 + d = x / e^y, where
  /// d is about 10^-16.
  var logarithm: DoubleDouble {
    guard high > 0 else { return DoubleDouble(high == 0 ? -.infinity : .nan) }
    guard high < .infinity else { return self }
    // A power of two apart, so that nothing overflows.
    let exponent = Int(high.exponent)
    let m = scaled(by: -exponent)
    let y = Elementary.logarithm(m.high)
    let (mantissa, power) = DoubleDouble(-y).exponential
    let d = m * mantissa.scaled(by: power) - 1
    return Self.ln2 * Double(exponent) + (DoubleDouble(y) + (d - d * d * 0.5))
  }

  /// ln Γ(x) for x > 0, by Stirling's series for x + k >= 40 and the recurrence Γ(x + 1) = x·Γ(x).
  static func logGamma(_ x: DoubleDouble) -> DoubleDouble {
    var z = x
    var product = DoubleDouble(1)
    var isShifted = false
    while z.high < 40 {
      product = product * z
      z = z + 1
      isShifted = true
    }
    let sum = (z - 0.5) * z.logarithm - z + lnRootTwoPi + stirlingRest(z)
    return isShifted ? sum - product.logarithm : sum
  }

  /// Σ B2k / (2k·(2k - 1)·z^(2k - 1)): what Stirling's formula for ln Γ(z) leaves, for z >= 40.
  static func stirlingRest(_ z: DoubleDouble) -> DoubleDouble {
    let inverse = DoubleDouble(1) / z
    let square = inverse * inverse
    var sum = DoubleDouble(0)
    for (numerator, denominator) in stirlingTerms.reversed() {
      sum = sum * square + DoubleDouble(numerator) / denominator
    }
    return sum * inverse
  }

  /// B2k / (2k·(2k - 1)) for k = 1...11.
  private static let stirlingTerms: [(Double, Double)] = [
    (1, 12), (-1, 360), (1, 1260), (-1, 1680), (1, 1188), (-691, 360_360), (1, 156),
    (-3617, 122_400), (43_867, 244_188), (-174_611, 125_400), (77_683, 5796),
  ]
}
