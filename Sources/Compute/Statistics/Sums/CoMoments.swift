/// How two columns vary together: both sides' moments and the sum of products, all without
/// rounding.
///
/// Two halves merge into the same value as the whole, in any order. A pair with a number that is
/// not finite makes every result NaN.
package struct CoMoments: Sendable, Equatable {
  /// The moments of the first and of the second column.
  package private(set) var x = Moments()
  package private(set) var y = Moments()
  private var products = ExactProductSum()

  /// Of no pairs.
  package init() {}

  /// Of some pairs; the columns are equally long.
  package init(_ x: [Double], _ y: [Double]) {
    self.init()
    x.withUnsafeBufferPointer { x in y.withUnsafeBufferPointer { y in add(x, y) } }
  }

  /// How many pairs were added.
  package var count: Int { x.count }

  package mutating func add(_ a: Double, _ b: Double) {
    x.add(a)
    y.add(b)
    let (a, b) = (BinaryParts(a), BinaryParts(b))
    if a.isFinite && b.isFinite { products.add(a, b) }
  }

  /// Adds a pair several times.
  ///
  /// - Parameter times: at least 0.
  package mutating func add(_ a: Double, _ b: Double, times: Int) {
    x.add(a, times: times)
    y.add(b, times: times)
    let (a, b) = (BinaryParts(a), BinaryParts(b))
    if a.isFinite && b.isFinite { products.add(a, b, times: times) }
  }

  /// Adds the pairs of two columns, equally long, 7 ns each.
  ///
  /// - Parameter skippingNaN: leaves out pairs with a NaN on either side.
  package mutating func add(
    _ xs: UnsafeBufferPointer<Double>, _ ys: UnsafeBufferPointer<Double>, skippingNaN: Bool = false
  ) {
    precondition(xs.count == ys.count, "columns are equally long")
    guard xs.count >= SumsByPosition.worthwhile else {
      for (a, b) in zip(xs, ys) where !(skippingNaN && (a.isNaN || b.isNaN)) { add(a, b) }
      return
    }
    let xSums = MomentTables()
    let ySums = MomentTables()
    let productSums = SumsByPosition(positions: ExactProductSum.positions)
    for start in stride(from: 0, to: xs.count, by: SumsByPosition.additions) {
      let block = start..<min(xs.count, start + SumsByPosition.additions)
      var finite = 0
      for place in block {
        let (a, b) = (BinaryParts(xs[place]), BinaryParts(ys[place]))
        guard a.isFinite && b.isFinite else { continue }
        xSums.add(a)
        ySums.add(b)
        productSums.add(a, b)
        finite &+= 1
      }
      x.take(xSums, count: finite)
      y.take(ySums, count: finite)
      products.take(productSums)
      guard finite < block.count else { continue }
      for place in block where !(xs[place].isFinite && ys[place].isFinite) {
        if !(skippingNaN && (xs[place].isNaN || ys[place].isNaN)) { add(xs[place], ys[place]) }
      }
    }
  }

  /// Adds other pairs' moments.
  package mutating func merge(_ other: CoMoments) {
    x.merge(other.x)
    y.merge(other.y)
    products.merge(other.products)
  }

  /// Pearson's correlation, in -1...1; NaN when a side is constant, or there are no two pairs.
  package var pearson: Double {
    guard x.isFinite, y.isFinite else { return .nan }
    let (a, b) = (x.spread, y.spread)
    guard !a.isZero, !b.isZero else { return .nan }
    return min(1, max(-1, cross.ratio(overRootOf: a, b)))
  }

  /// The mean product of distances from the means, over `count - freedomsLost` instead of the
  /// count; NaN when nothing is left to divide by.
  package func covariance(freedomsLost: Int) -> Double {
    guard count > freedomsLost, count > 0, x.isFinite, y.isFinite else { return .nan }
    return cross.rounded(
      exponent: ExactProductSum.exponent, over: UInt64(count), UInt64(count - freedomsLost))
  }

  /// The line y = `intercept` + `slope`·x with the least squared errors; NaN when x is constant.
  package var line: (slope: Double, intercept: Double) {
    guard x.isFinite, y.isFinite, !x.spread.isZero else { return (.nan, .nan) }
    // Multiplied by the spread, the intercept is whole: (Σy·n·Sxx - Σx·n·Sxy) / (n²·Sxx).
    let above = y.sumInteger * x.spread - x.sumInteger * cross
    let below = x.spread * LongInteger(count)
    // The sums are multiples of 2^-1074, and the spreads' powers of two cancel.
    return (
      cross.ratio(over: x.spread), above.ratio(over: below << -ExactSum.exponent)
    )
  }

  /// n·Σxy - Σx·Σy.
  private var cross: LongInteger {
    products.integer * LongInteger(count) - x.sumInteger * y.sumInteger
  }
}
