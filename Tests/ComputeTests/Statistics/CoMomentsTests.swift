import Compute
import Support
import Testing

@Suite("Moments of pairs") struct CoMomentsTests {
  @Test("a line has correlation 1 or -1, exactly", arguments: [3.0, -3, 0x1p-500, -0x1p400])
  func line(slope: Double) {
    var random = SeededRandom(seed: 5)
    for count in [2, 3, 100, 3000] {
      let x = (0..<count).map { _ in Double(Int.random(in: -99...99, using: &random)) }
      let pairs = CoMoments(x, x.map { slope * $0 })
      #expect(pairs.pearson == (slope > 0 ? 1 : -1))
      #expect(pairs.line.slope == slope && pairs.line.intercept == 0)
    }
  }

  @Test("what cannot be said is NaN")
  func degenerate() {
    for pairs in [
      CoMoments(), CoMoments([1], [2]), CoMoments([1, 1], [2, 3]), CoMoments([1, 2], [3, 3]),
      CoMoments([1, .infinity], [1, 2]), CoMoments([1, .nan], [1, 2]),
    ] {
      #expect(pairs.pearson.isNaN)
    }
    #expect(CoMoments().covariance(freedomsLost: 0).isNaN)
    #expect(CoMoments([1], [2]).covariance(freedomsLost: 1).isNaN)
    #expect(CoMoments([1, 1], [2, 3]).line.slope.isNaN)
    #expect(CoMoments([1, 2], [3, 3]).line.slope == 0)
  }

  @Test("order, parts and sides do not matter", arguments: 0..<30)
  func order(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let size = Int.random(in: 2...4500, using: &random)
    let x = (0..<size).map { _ in Double.random(in: -3...9, using: &random) }
    let y = x.map { $0 + .random(in: -5...5, using: &random) }
    let whole = CoMoments(x, y)
    var single = CoMoments()
    for place in x.indices.shuffled(using: &random) { single.add(x[place], y[place]) }
    #expect(single == whole)
    let cut = Int.random(in: 0...size, using: &random)
    var parts = CoMoments(Array(x[cut...]), Array(y[cut...]))
    parts.merge(CoMoments(Array(x[..<cut]), Array(y[..<cut])))
    #expect(parts == whole)
    #expect(CoMoments(y, x).pearson == whole.pearson)
    #expect(CoMoments(x, y.map { -$0 }).pearson == -whole.pearson)
    #expect(abs(whole.pearson) <= 1)
    #expect(CoMoments(x, x).covariance(freedomsLost: 1) == whole.x.variance(freedomsLost: 1))
    // Pairs with a missing side are left out.
    var holes = CoMoments()
    let (a, b) = (x + [1, .nan, .nan], y + [.nan, 1, .infinity])
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in holes.add(a, b, skippingNaN: true) }
    }
    #expect(holes == whole)
  }
}
