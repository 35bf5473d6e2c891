/// The sum of doubles without rounding, whatever their order and however they were parted.
///
/// Infinities and NaN count as in IEEE arithmetic: with infinities of both signs, or a NaN, the sum
/// is NaN. The sum of finite numbers is infinite only if it is too large itself.
package struct ExactSum: Sendable, Equatable {
  private var finite = Superaccumulator(limbs: Superaccumulator.limbsOfSums)
  /// What is not finite.
  private(set) var special: NotFinite = []

  /// Zero.
  package init() {}

  /// The sum of some numbers.
  package init(_ numbers: [Double]) {
    self.init()
    numbers.withUnsafeBufferPointer { add(contentsOf: $0) }
  }

  package mutating func add(_ x: Double) { add(BinaryParts(x), x) }

  /// Adds a number that was taken apart already.
  @inline(__always)
  mutating func add(_ parts: BinaryParts, _ x: Double) {
    if parts.isFinite {
      finite.add(parts)
    } else {
      special.formUnion(NotFinite(x))
    }
  }

  /// Adds a number several times.
  ///
  /// - Parameter times: at least 0.
  package mutating func add(_ x: Double, times: Int) {
    precondition(times >= 0, "a count is not negative")
    guard times > 0 else { return }
    let parts = BinaryParts(x)
    guard parts.isFinite else { return special.formUnion(NotFinite(x)) }
    let (high, low) = parts.mantissa.multipliedFullWidth(by: UInt64(times))
    finite.add(UInt128(high) << 64 | UInt128(low), position: parts.position, sign: parts.sign)
  }

  /// Adds many numbers, 2 ns each.
  package mutating func add(contentsOf numbers: UnsafeBufferPointer<Double>) {
    guard numbers.count >= SumsByPosition.worthwhile else {
      for x in numbers { add(x) }
      return
    }
    let sums = SumsByPosition(positions: BinaryParts.positions)
    var rest = numbers[...]
    while !rest.isEmpty {
      let block = UnsafeBufferPointer(rebasing: rest.prefix(SumsByPosition.additions))
      var highest = 0
      for x in block {
        let parts = BinaryParts(x)
        sums.add(parts)
        highest = max(highest, parts.position)
      }
      take(sums)
      if highest == BinaryParts.notFinite { takeSpecial(of: block) }
      rest = rest.dropFirst(block.count)
    }
  }

  /// Adds what a table holds, and empties it.
  mutating func take(_ sums: borrowing SumsByPosition) {
    sums.empty(below: BinaryParts.notFinite, into: &finite)
  }

  /// Adds only the numbers that are not finite.
  mutating func takeSpecial(of numbers: UnsafeBufferPointer<Double>) {
    for x in numbers where !x.isFinite { special.formUnion(NotFinite(x)) }
  }

  /// Adds the sum of other numbers.
  package mutating func merge(_ other: ExactSum) {
    finite.merge(other.finite)
    special.formUnion(other.special)
  }

  /// The sum, rounded once to the nearest double; 0, not -0, for no numbers.
  package var value: Double {
    special.sum ?? integer.rounded(exponent: Self.exponent)
  }

  /// The sum over a positive number, rounded once.
  package func value(over divisor: Int) -> Double {
    precondition(divisor > 0, "a divisor is positive")
    return special.sum ?? integer.rounded(exponent: Self.exponent, over: UInt64(divisor))
  }

  /// The sum of the finite numbers as a multiple of 2^``exponent``.
  var integer: LongInteger { finite.integer }

  static let exponent = -1074
}
