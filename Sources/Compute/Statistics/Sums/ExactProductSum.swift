/// The sum of products of two finite doubles without rounding.
struct ExactProductSum: Sendable, Equatable {
  private var sum = Superaccumulator(limbs: Superaccumulator.limbsOfProducts)

  /// Positions of products of two finite numbers.
  static let positions = 2 * BinaryParts.notFinite - 1

  /// Zero.
  init() {}

  mutating func add(_ a: BinaryParts, _ b: BinaryParts) {
    let (high, low) = a.mantissa.multipliedFullWidth(by: b.mantissa)
    sum.add(
      UInt128(high) << 64 | UInt128(low), position: a.position + b.position, sign: a.sign ^ b.sign)
  }

  /// Adds a product several times.
  mutating func add(_ a: BinaryParts, _ b: BinaryParts, times: Int) {
    let (high, low) = a.mantissa.multipliedFullWidth(by: b.mantissa)
    // Halves of 53 bits, so that either times the count has 117 bits at most.
    let halves = [(low & (1 << 53 - 1), 0), (high << 11 | low >> 53, 53)]
    for (half, shift) in halves {
      let part = half.multipliedFullWidth(by: UInt64(times))
      sum.add(
        UInt128(part.high) << 64 | UInt128(part.low), position: a.position + b.position + shift,
        sign: a.sign ^ b.sign)
    }
  }

  /// Adds what a table holds, and empties it.
  mutating func take(_ sums: borrowing SumsByPosition) {
    sums.empty(below: Self.positions, into: &sum)
  }

  /// The same of a table of squares.
  mutating func takeSquares(_ sums: borrowing SumsByPosition) {
    sums.empty(below: BinaryParts.notFinite, scale: 2, into: &sum)
  }

  mutating func merge(_ other: ExactProductSum) { sum.merge(other.sum) }

  /// The sum as a multiple of 2^``exponent``.
  var integer: LongInteger { sum.integer }

  static let exponent = 2 * ExactSum.exponent
}
