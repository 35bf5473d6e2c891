/// A number as the sum of two doubles, about 32 decimal digits: for the logarithms of tails, where
/// large terms cancel.
///
/// Error-free sums and products are T. J. Dekker's and D. E. Knuth's ("A floating-point technique
/// for extending the available precision", 1971). Out of IEEE operations only, so that results are
/// the same bits on every machine.
struct DoubleDouble: Sendable {
  /// The number rounded.
  var high: Double
  /// What rounding took away.
  var low: Double

  init(_ high: Double, _ low: Double = 0) {
    self.high = high
    self.low = low
  }

  init(_ number: Int) {
    let high = Double(number)
    self.init(high, Double(Int128(number) - Int128(high)))
  }

  /// The sum of any two doubles, exact.
  init(sum a: Double, _ b: Double) {
    let sum = a + b
    let part = sum - a
    self.init(sum, (a - (sum - part)) + (b - part))
  }

  /// The product of any two doubles, exact unless it overflows or underflows.
  init(product a: Double, _ b: Double) {
    let product = a * b
    self.init(product, (-product).addingProduct(a, b))
  }

  static prefix func - (a: DoubleDouble) -> DoubleDouble { DoubleDouble(-a.high, -a.low) }

  static func + (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let sum = DoubleDouble(sum: a.high, b.high)
    let rest = DoubleDouble(sum: a.low, b.low)
    let next = DoubleDouble(sum: sum.high, sum.low + rest.high)
    return DoubleDouble(sum: next.high, next.low + rest.low)
  }

  static func - (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble { a + -b }

  static func * (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let product = DoubleDouble(product: a.high, b.high)
    return DoubleDouble(sum: product.high, product.low + (a.high * b.low + a.low * b.high))
  }

  static func / (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let first = a.high / b.high
    let rest = a - b * DoubleDouble(first)
    let second = rest.high / b.high
    let third = (rest - b * DoubleDouble(second)).high / b.high
    return DoubleDouble(sum: first, second) + DoubleDouble(third)
  }

  static func + (a: DoubleDouble, b: Double) -> DoubleDouble { a + DoubleDouble(b) }
  static func - (a: DoubleDouble, b: Double) -> DoubleDouble { a + DoubleDouble(-b) }
  static func * (a: DoubleDouble, b: Double) -> DoubleDouble { a * DoubleDouble(b) }
  static func / (a: DoubleDouble, b: Double) -> DoubleDouble { a / DoubleDouble(b) }

  /// Times 2^`exponent`, exact.
  func scaled(by exponent: Int) -> DoubleDouble {
    DoubleDouble(
      Double(sign: .plus, exponent: exponent, significand: high),
      Double(sign: .plus, exponent: exponent, significand: low))
  }

  static let ln2 = DoubleDouble(0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56)
  /// ln √(2π).
  static let lnRootTwoPi = DoubleDouble(0x1.d67f1c864beb5p-1, -0x1.65b5a1b7ff5dfp-55)
}
