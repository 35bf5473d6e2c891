/// How many numbers there are, their sum and their sum of squares, all without rounding: mean and
/// variance to the last bit, however large the mean is beside the spread.
///
/// Two halves merge into the same value as the whole, in any order.
package struct Moments: Sendable, Equatable {
  /// How many numbers were added.
  package private(set) var count = 0
  private var total = ExactSum()
  private var squares = ExactProductSum()

  /// Of no numbers.
  package init() {}

  /// Of some numbers.
  package init(_ numbers: [Double]) {
    self.init()
    numbers.withUnsafeBufferPointer { add(contentsOf: $0) }
  }

  package mutating func add(_ x: Double) {
    count += 1
    let parts = BinaryParts(x)
    total.add(parts, x)
    if parts.isFinite { squares.add(parts, parts) }
  }

  /// Adds a number several times.
  ///
  /// - Parameter times: at least 0.
  package mutating func add(_ x: Double, times: Int) {
    total.add(x, times: times)
    count += times
    let parts = BinaryParts(x)
    if parts.isFinite { squares.add(parts, parts, times: times) }
  }

  /// Adds many numbers, 2.5 ns each.
  ///
  /// - Parameter skippingNaN: leaves NaN out, and does not count it.
  package mutating func add(
    contentsOf numbers: UnsafeBufferPointer<Double>, skippingNaN: Bool = false
  ) {
    guard numbers.count >= SumsByPosition.worthwhile else {
      for x in numbers where !(skippingNaN && x.isNaN) { add(x) }
      return
    }
    let sums = MomentTables()
    var rest = numbers[...]
    while !rest.isEmpty {
      let block = UnsafeBufferPointer(rebasing: rest.prefix(SumsByPosition.additions))
      var highest = 0
      for x in block {
        let parts = BinaryParts(x)
        sums.add(parts)
        highest = max(highest, parts.position)
      }
      take(sums, count: block.count)
      if highest == BinaryParts.notFinite { takeSpecial(of: block, skippingNaN: skippingNaN) }
      rest = rest.dropFirst(block.count)
    }
  }

  /// Adds the finite numbers that tables hold, and empties them.
  mutating func take(_ tables: borrowing MomentTables, count: Int) {
    total.take(tables.sums)
    squares.takeSquares(tables.squares)
    self.count += count
  }

  /// Settles the numbers of a block that are not finite, when all were counted.
  private mutating func takeSpecial(of block: UnsafeBufferPointer<Double>, skippingNaN: Bool) {
    for x in block where !x.isFinite {
      if skippingNaN && x.isNaN { count -= 1 } else { total.add(x) }
    }
  }

  /// Adds other numbers' moments.
  package mutating func merge(_ other: Moments) {
    count += other.count
    total.merge(other.total)
    squares.merge(other.squares)
  }

  /// 0 for no numbers.
  package var sum: Double { total.value }

  /// NaN for no numbers.
  package var mean: Double { count == 0 ? .nan : total.value(over: count) }

  /// The sum of the squares; infinite when a number is.
  package var sumOfSquares: Double {
    if !isFinite { return total.special.contains(.nan) ? .nan : .infinity }
    return squares.integer.rounded(exponent: ExactProductSum.exponent)
  }

  /// The mean squared distance from the mean, over `count - freedomsLost` instead of the count: 0 is
  /// numpy's own, 1 that of samples. NaN when nothing is left to divide by, or with a number that is
  /// not finite.
  package func variance(freedomsLost: Int) -> Double { variance(freedomsLost, scale: 0) }

  /// The square root of the variance, rounded once; NaN where that is.
  package func deviation(freedomsLost: Int) -> Double {
    guard count > freedomsLost, count > 0, isFinite else { return .nan }
    return spread.rootRounded(
      exponent: ExactProductSum.exponent, over: UInt64(count), UInt64(count - freedomsLost))
  }

  /// The mean less another's, rounded once; NaN without numbers on a side.
  package func meanDifference(from other: Moments) -> Double {
    meanDifference(from: other, scale: 0)
  }

  /// The variance of the numbers times 2^`scale`.
  func variance(_ freedomsLost: Int, scale: Int) -> Double {
    guard count > freedomsLost, count > 0, isFinite else { return .nan }
    return spread.rounded(
      exponent: ExactProductSum.exponent + 2 * scale, over: UInt64(count),
      UInt64(count - freedomsLost))
  }

  /// The difference of the means of the numbers times 2^`scale`.
  func meanDifference(from other: Moments, scale: Int) -> Double {
    guard count > 0, other.count > 0 else { return .nan }
    guard isFinite, other.isFinite else { return mean - other.mean }
    let difference =
      total.integer * LongInteger(other.count) - other.total.integer * LongInteger(count)
    return difference.rounded(
      exponent: ExactSum.exponent + scale, over: UInt64(count), UInt64(other.count))
  }

  /// A power of two that brings the larger of both standard deviations near 1, so that no square
  /// leaves the range of doubles; 0 when both are 0.
  func scale(with other: Moments) -> Int {
    let sizes = [self, other].map { moments -> Int in
      let spread = moments.spread
      return spread.isZero ? .min : spread.bitWidth / 2 - LongInteger(moments.count).bitWidth
    }
    let size = max(sizes[0], sizes[1])
    return size == .min ? 0 : -ExactSum.exponent - size
  }

  /// n·Σx² - (Σx)², which is n² variances, as a multiple of 2^``ExactProductSum/exponent``.
  var spread: LongInteger {
    let sum = total.integer
    return squares.integer * LongInteger(count) - sum * sum
  }

  /// Whether all numbers are finite.
  var isFinite: Bool { total.special.isEmpty }

  /// The sum as a multiple of 2^``ExactSum/exponent``.
  var sumInteger: LongInteger { total.integer }
}
