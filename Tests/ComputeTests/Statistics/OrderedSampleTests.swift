import Compute
import Support
import Testing

@Suite("Ordered samples") struct OrderedSampleTests {
  @Test("quantiles lie between neighbours in proportion")
  func quantiles() {
    let sample = OrderedSample(sorting: [4, 1, 3, 2])
    #expect(sample.quantile(0) == 1 && sample.quantile(1) == 4)
    #expect(sample.quantile(0.5) == 2.5 && sample.median == 2.5)
    #expect(sample.quantile(0.25) == 1.75 && sample.quantile(1, of: 4) == 1.75)
    #expect(sample.medianAbsoluteDeviation == 1)
    #expect(OrderedSample(sorting: [5]).quantile(0.3) == 5)
    #expect(OrderedSample(sorting: [5]).medianAbsoluteDeviation == 0)
    let far = OrderedSample(sorting: [-1.7e308, 1.7e308])
    #expect(far.quantile(0.75) == 0.85e308 && far.median == 0)
    #expect(far.medianAbsoluteDeviation == 1.7e308)
    #expect(OrderedSample(sorting: [0x1p1023, 0x1.8p1023]).median == 0x1.4p1023)
  }

  @Test("what cannot be said is NaN")
  func degenerate() {
    let none = OrderedSample(sorting: [.nan])
    #expect(none.count == 0 && none.distinctCount == 0 && none.moments.count == 0)
    #expect(none.median.isNaN && none.quantile(0.5).isNaN && none.quantile(1, of: 2).isNaN)
    #expect(none.medianAbsoluteDeviation.isNaN)
    let sample = OrderedSample(sorting: [1, 2])
    #expect(sample.quantile(1.1).isNaN && sample.quantile(.nan).isNaN && sample.quantile(-1).isNaN)
    let infinite = OrderedSample(sorting: [.infinity, 1, -.infinity, .nan])
    #expect(infinite.count == 3 && infinite.median == 1 && infinite.quantile(1) == .infinity)
    #expect(infinite.medianAbsoluteDeviation == .infinity)
    #expect(OrderedSample(sorting: [-.infinity, .infinity]).median.isNaN)
    #expect(OrderedSample(sorting: [1, .infinity]).medianAbsoluteDeviation.isNaN)
  }

  @Test("counts say the same as repetitions", arguments: 0..<40)
  func counts(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let values = (0..<Int.random(in: 1...30, using: &random)).map { _ in
      Double(Int.random(in: -4...4, using: &random)) / 2
    }.sorted()
    let counts = values.map { _ in Int.random(in: 0...3, using: &random) }
    let short = OrderedSample(ascending: values, counts: counts)
    let long = OrderedSample(
      ascending: zip(values, counts).flatMap { Array(repeating: $0, count: $1) })
    #expect(short.count == long.count && short.distinctCount == long.distinctCount)
    #expect(short.moments == long.moments)
    #expect((0..<short.count).map { short[$0] } == (0..<long.count).map { long[$0] })
    guard short.count > 0 else { return }
    for q in stride(from: 0, through: 1, by: 0.05) {
      #expect(short.quantile(q) == long.quantile(q))
    }
    #expect(short.median == long.median)
    #expect(short.medianAbsoluteDeviation == long.medianAbsoluteDeviation)
    for x in stride(from: -3, through: 3, by: 0.25) {
      #expect(short.count(upTo: x) == long.values.count { $0 <= x })
      #expect(short.count(below: x) == long.values.count { $0 < x })
    }
  }

  @Test("numbers are sorted by their bits", arguments: [0, 1, 2, 500, 999, 1000, 1001, 5000])
  func sorting(count: Int) {
    var random = SeededRandom(seed: UInt64(count))
    let specials = [-0.0, 0, .infinity, -.infinity, 0x1p-1074, -0x1p-1074, 1, 1]
    for kind in 0..<4 {
      let numbers = (0..<count).map { _ -> Double in
        switch kind {
        case 0: return .random(in: -1...1, using: &random)
        case 1: return random.pick(specials)
        case 2: return Double(bitPattern: random.next())
        default: return 7
        }
      }
      let kept = numbers.filter { !$0.isNaN }
      let sorted = OrderedSample(sorting: numbers).values
      #expect(sorted == kept.sorted())
      // -0 stands before 0, and nothing else is changed.
      #expect(sorted.map(\.bitPattern).sorted() == kept.map(\.bitPattern).sorted())
      let isOrdered = zip(sorted, sorted.dropFirst()).allSatisfy {
        $0 < $1 || ($0 == $1 && ($0.sign == $1.sign || $1.sign == .plus))
      }
      #expect(isOrdered)
    }
  }

  @Test("selection finds what sorting would", arguments: 0..<60)
  func selection(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let count = random.pick([1, 2, 7, 1500, 4000])
    let specials = [-0.0, 0, .infinity, -.infinity, 0x1p-1074, -3, 7, 7]
    let numbers = (0..<count).map { _ -> Double in
      switch seed % 6 {
      case 0: return .random(in: -20...80, using: &random)
      case 1: return random.pick(specials)
      case 2: return Double(bitPattern: random.next())
      case 3: return Double(Int.random(in: 0...5, using: &random))
      case 4: return 1e12 + .random(in: 0...1, using: &random)
      default: return random.chance(1, of: 3) ? .nan : 5
      }
    }
    let sample = OrderedSample(sorting: numbers)
    let shares = [0.5, 0, 1, 0.25, 0.999, .random(in: 0...1, using: &random), 2, .nan]
    numbers.withUnsafeBufferPointer { buffer in
      let quantiles = Selection.quantiles(of: buffer, at: shares)
      for (share, value) in zip(shares, quantiles) {
        #expect(isSame(value, sample.quantile(share)), "\(share): \(value)")
      }
      #expect(Selection.quantiles(of: buffer, at: []) == [])
      #expect(isSame(Selection.median(of: buffer), sample.median))
      #expect(isSame(Selection.medianAbsoluteDeviation(of: buffer), sample.medianAbsoluteDeviation))
    }
  }

  @Test("of nothing there is no quantile")
  func nothing() {
    for numbers in [[], [.nan, .nan]] as [[Double]] {
      numbers.withUnsafeBufferPointer { buffer in
        #expect(Selection.median(of: buffer).isNaN)
        #expect(Selection.medianAbsoluteDeviation(of: buffer).isNaN)
        #expect(Selection.quantiles(of: buffer, at: [0.5])[0].isNaN)
      }
    }
  }

  private func isSame(_ a: Double, _ b: Double) -> Bool { a == b || (a.isNaN && b.isNaN) }

  @Test("equal numbers share the mean of their ranks")
  func ranks() {
    #expect(Ranks.doubled([30, 10, 20]) == [6, 2, 4])
    #expect(Ranks.doubled([1, 2, 2, -0.0, 0]) == [6, 9, 9, 3, 3])
    #expect(Ranks.doubled([]) == [])
    #expect(Ranks.spearman([1, 2, 3, 4], [1, 8, 27, 1e300]) == 1)
    #expect(Ranks.spearman([1, 2, .nan, 4], [9, 8, 27, 1]) == -1)
    #expect(Ranks.spearman([1, 2], [1, 1]).isNaN && Ranks.spearman([], []).isNaN)
  }
}
