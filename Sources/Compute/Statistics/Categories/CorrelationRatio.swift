/// How much of a number's variance a category explains.
package enum CorrelationRatio {
  /// Fisher's η = √(Σ n·(group mean - mean)² / Σ (x - mean)²), in 0...1; NaN when the numbers are
  /// constant, none, or not all finite.
  ///
  /// - Parameter groups: the numbers of each category; empty ones are left out.
  package static func eta(_ groups: [Moments]) -> Double {
    var all = Moments()
    for group in groups { all.merge(group) }
    guard all.count > 0, all.isFinite else { return .nan }
    let spread = all.spread
    guard !spread.isZero else { return .nan }
    // With sums s of n numbers each, S of all N: η² = Σ (N·s - n·S)²/(n·N) / (N·Σx² - S²).
    let (n, sum) = (LongInteger(all.count), all.sumInteger)
    var square = ExactSum()
    for group in groups where group.count > 0 {
      let difference = n * group.sumInteger - LongInteger(group.count) * sum
      let below = spread * n * LongInteger(group.count)
      square.add((difference * difference).ratio(over: below))
    }
    return min(1, square.value.squareRoot())
  }
}
