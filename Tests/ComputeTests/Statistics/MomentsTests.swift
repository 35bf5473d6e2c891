import Compute
import Support
import Testing

@Suite("Moments") struct MomentsTests {
  @Test("a large mean takes nothing from a small spread")
  func offset() {
    let moments = Moments([1e15, 1e15 + 1, 1e15 + 2])
    #expect(moments.mean == 1e15 + 1)
    #expect(moments.variance(freedomsLost: 1) == 1)
    #expect(moments.variance(freedomsLost: 0) == 2 / 3.0)
    #expect(moments.deviation(freedomsLost: 1) == 1)
    #expect(Moments([-1e300, 1e300]).deviation(freedomsLost: 0) == 1e300)
    #expect(Moments([-0x1p-1074, 0x1p-1074]).deviation(freedomsLost: 0) == 0x1p-1074)
    #expect(Moments([0.1, 0.1, 0.1]).variance(freedomsLost: 0) == 0)
    #expect(Moments([0.1, 0.1, 0.1]).mean == 0.1)
  }

  @Test("what cannot be said is NaN")
  func degenerate() {
    let none = Moments()
    #expect(none.count == 0 && none.sum == 0 && none.sumOfSquares == 0)
    #expect(none.mean.isNaN && none.variance(freedomsLost: 0).isNaN)
    #expect(none.deviation(freedomsLost: 0).isNaN && none.deviation(freedomsLost: 1).isNaN)
    let one = Moments([7])
    #expect(one.mean == 7 && one.variance(freedomsLost: 0) == 0)
    #expect(one.variance(freedomsLost: 1).isNaN && one.deviation(freedomsLost: 1).isNaN)
    let infinite = Moments([1, .infinity])
    #expect(infinite.mean == .infinity && infinite.sumOfSquares == .infinity)
    #expect(infinite.variance(freedomsLost: 0).isNaN && infinite.deviation(freedomsLost: 0).isNaN)
    #expect(Moments([.infinity, -.infinity]).mean.isNaN)
    #expect(Moments([.infinity, -.infinity]).sumOfSquares == .infinity)
    #expect(Moments([1, .nan]).mean.isNaN && Moments([1, .nan]).sumOfSquares.isNaN)
    #expect(none.meanDifference(from: one).isNaN && one.meanDifference(from: none).isNaN)
  }

  @Test("missing numbers are left out on request", arguments: [10, 5000])
  func missing(count: Int) {
    var random = SeededRandom(seed: 3)
    let numbers = (0..<count).map { _ in
      random.chance(1, of: 4) ? Double.nan : Double.random(in: -5...5, using: &random)
    }
    let kept = Moments(numbers.filter { !$0.isNaN })
    var moments = Moments()
    numbers.withUnsafeBufferPointer { moments.add(contentsOf: $0, skippingNaN: true) }
    #expect(moments == kept)
    #expect(moments.count < count)
    var all = Moments()
    numbers.withUnsafeBufferPointer { all.add(contentsOf: $0) }
    #expect(all.count == count && all.mean.isNaN)
    // Infinities are no missing numbers.
    var infinite = Moments()
    (numbers + [.infinity]).withUnsafeBufferPointer {
      infinite.add(contentsOf: $0, skippingNaN: true)
    }
    #expect(infinite.count == kept.count + 1 && infinite.mean == .infinity)
  }

  @Test("order, parts and counts do not matter; powers of two scale", arguments: 0..<40)
  func order(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let size = Int.random(in: 2...4500, using: &random)
    let numbers = (0..<size).map { _ in Double.random(in: -3...9, using: &random) }
    let whole = Moments(numbers)
    var parts = Moments()
    let cut = Int.random(in: 0...size, using: &random)
    for part in [numbers[cut...], numbers[..<cut]] {
      var moments = Moments()
      for x in part.shuffled(using: &random) { moments.add(x) }
      parts.merge(moments)
    }
    #expect(parts == whole)
    var twice = whole
    twice.merge(whole)
    var counted = Moments()
    for x in numbers { counted.add(x, times: 2) }
    #expect(counted == twice)
    #expect(twice.mean.bitPattern == whole.mean.bitPattern)
    #expect(twice.deviation(freedomsLost: 0) == whole.deviation(freedomsLost: 0))
    let scaled = Moments(numbers.map { $0 * 0x1p-400 })
    #expect(scaled.mean == whole.mean * 0x1p-400)
    #expect(scaled.deviation(freedomsLost: 1) == whole.deviation(freedomsLost: 1) * 0x1p-400)
    #expect(scaled.variance(freedomsLost: 1) == whole.variance(freedomsLost: 1) * 0x1p-800)
    let root = whole.variance(freedomsLost: 1).squareRoot()
    #expect(abs(whole.deviation(freedomsLost: 1) - root) <= root.ulp)
  }
}
