import Compute
import Support
import Testing

@Suite("Shares of categories and bins") struct ShareComparisonTests {
  @Test("distances of two small tables")
  func known() {
    let pair = ShareComparison(reference: [1, 1], current: [3, 1])
    #expect(pair.totalVariation == 0.25 && pair.largestDifference == 0.25)
    // 0.25·ln 1.5 - 0.25·ln 0.5.
    #expect(abs(pair.stabilityIndex() - 0.274_653_072_167_027_4) < 1e-15)
    let apart = ShareComparison(reference: [2, 0], current: [0, 7])
    #expect(apart.totalVariation == 1 && apart.largestDifference == 1 && apart.hellinger == 1)
    #expect(abs(apart.jensenShannon() - 1) < 1e-15)
    #expect(abs(apart.stabilityIndex() - 2 * 0.9999 * 9.210_340_371_976_184) < 1e-12)
    let same = ShareComparison(reference: [1, 2, 0, 5], current: [10, 20, 0, 50])
    #expect(same.stabilityIndex() == 0 && same.jensenShannon() == 0 && same.hellinger == 0)
    #expect(same.totalVariation == 0 && same.chiSquared.p == 1)
  }

  @Test("a side without rows, and one category")
  func degenerate() {
    for none in [
      ShareComparison(reference: [0, 0], current: [1, 2]),
      ShareComparison(reference: [], current: []),
    ] {
      #expect(none.stabilityIndex().isNaN && none.jensenShannon().isNaN && none.hellinger.isNaN)
      #expect(none.totalVariation.isNaN && none.largestDifference.isNaN)
    }
    let one = ShareComparison(reference: [4], current: [9])
    #expect(one.stabilityIndex() == 0 && one.chiSquared.p == 1 && one.totalVariation == 0)
  }

  @Test("the order of categories does not matter, nor whose side is first", arguments: 0..<30)
  func order(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let pairs = (0..<12).map { _ in
      (Int.random(in: 0...9, using: &random), Int.random(in: 0...99, using: &random))
    }
    let shuffled = pairs.shuffled(using: &random)
    let a = ShareComparison(reference: pairs.map(\.0), current: pairs.map(\.1))
    let b = ShareComparison(reference: shuffled.map(\.0), current: shuffled.map(\.1))
    #expect(a.stabilityIndex() == b.stabilityIndex() && a.jensenShannon() == b.jensenShannon())
    #expect(a.hellinger == b.hellinger && a.totalVariation == b.totalVariation)
    #expect(a.chiSquared == b.chiSquared)
    #expect(Entropy.bits(a.current) == Entropy.bits(b.current))
    let swapped = ShareComparison(reference: a.current, current: a.reference)
    #expect(abs(swapped.stabilityIndex() - a.stabilityIndex()) < 1e-14)
    #expect(abs(swapped.jensenShannon() - a.jensenShannon()) < 1e-15)
    #expect(swapped.totalVariation == a.totalVariation)
  }

  @Test("bins close above or below, and equal edges are one")
  func bins() {
    let sample = OrderedSample(sorting: [0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4])
    let deciles = Bins.quantiles(of: sample, count: 10)
    #expect(deciles.edges == [0, 1, 2, 3] && deciles.counts(of: sample) == [7, 1, 1, 1, 1])
    #expect(deciles.index(of: 0) == 0 && deciles.index(of: 0.5) == 1 && deciles.index(of: 9) == 4)
    let pair = SamplePair(reference: sample, current: OrderedSample(sorting: [10]))
    let widths = Bins.equalWidth(over: pair, count: 5)
    #expect(widths.edges == [2, 4, 6, 8])
    #expect(widths.counts(of: sample) == [8, 2, 1, 0, 0])
    #expect(widths.counts(of: pair.current) == [0, 0, 0, 0, 1])
    #expect(widths.index(of: 2) == 1 && widths.index(of: 1.9) == 0 && widths.index(of: -7) == 0)
    let none = OrderedSample(sorting: [])
    #expect(Bins.quantiles(of: none, count: 10).count == 1)
    #expect(Bins.equalWidth(over: SamplePair(reference: none, current: none), count: 9).count == 1)
    let infinite = SamplePair(reference: OrderedSample(sorting: [.infinity]), current: sample)
    #expect(Bins.equalWidth(over: infinite, count: 9).count == 1)
    #expect(Bins.sturges(over: infinite).count == 1)
    let tiny = SamplePair(
      reference: OrderedSample(sorting: [0]), current: OrderedSample(sorting: [0x1p-1074]))
    #expect(Bins.sturges(over: tiny).counts(of: tiny.current).reduce(0, +) == 1)
    let far = SamplePair(
      reference: OrderedSample(sorting: [-1.7e308]), current: OrderedSample(sorting: [1.7e308]))
    #expect(Bins.equalWidth(over: far, count: 4).index(of: 0.86e308) == 3)
    #expect(ShareComparison(far, in: .equalWidth(over: far, count: 4)).totalVariation == 1)
  }

  @Test("tables of counts")
  func tables() {
    let table = ContingencyTable(rows: [[10, 20], [30, 40]])
    #expect(abs(table.independence.statistic - 0.793_650_793_650_793_7) < 1e-15)
    #expect(table.independence.freedom == 1 && table.total == 100)
    let holes = ContingencyTable(rows: [[10, 0, 20], [0, 0, 0], [30, 0, 40]])
    #expect(holes == table)
    let codes = ContingencyTable([0, 1, -1, 1, 0], [2, 0, 1, 0, -1], counts: (2, 3))
    #expect(codes.total == 3 && codes.cramersV() == 1 && codes.independence.freedom == 1)
    let none = ContingencyTable(rows: [])
    #expect(none.independence.p.isNaN && none.cramersV().isNaN && none.total == 0)
    let row = ContingencyTable(rows: [[3, 4, 5]])
    #expect(row.independence.p == 1 && row.independence.statistic == 0 && row.cramersV().isNaN)
    #expect(ContingencyTable(rows: [[5, 0], [0, 5]]).cramersV(corrected: true) == 1)
    #expect(ContingencyTable(rows: [[5, 5], [5, 5]]).cramersV(corrected: true) == 0)
    // Counts whose products pass 64 bits.
    let large = ContingencyTable(rows: [[1 << 40, 1 << 41], [1 << 41, 1 << 42]])
    #expect(large.independence.statistic == 0)
  }

  @Test("entropies and correlation ratios")
  func others() {
    #expect(Entropy.bits([5, 5, 5, 5, 5, 5, 5, 5]) == 3 && Entropy.bits([0, 9]) == 0)
    #expect(Entropy.bits([]).isNaN && Entropy.bits([0]).isNaN)
    #expect(CorrelationRatio.eta([Moments([1, 1]), Moments([2, 2]), Moments()]) == 1)
    #expect(CorrelationRatio.eta([Moments([1, 2]), Moments([2, 1])]) == 0)
    #expect(CorrelationRatio.eta([Moments([1]), Moments([1])]).isNaN)
    #expect(CorrelationRatio.eta([]).isNaN && CorrelationRatio.eta([Moments([.nan, 1])]).isNaN)
  }

  @Test("Evidently's choice of a method")
  func automatic() {
    func method(_ rows: Int, _ distinct: Int, _ isNumeric: Bool) -> DriftStatistic {
      .automatic(referenceRows: rows, distinct: distinct, isNumeric: isNumeric)
    }
    #expect(method(1000, 6, true) == .kolmogorovSmirnov && method(1000, 5, true) == .chiSquared)
    #expect(method(1000, 2, true) == .proportions && method(1000, 50, false) == .chiSquared)
    #expect(method(1000, 2, false) == .proportions && method(1001, 2, false) == .jensenShannon)
    #expect(method(1001, 6, true) == .normedWasserstein && method(1001, 5, true) == .jensenShannon)
    #expect(DriftStatistic.allCases.filter(\.isTest).count == 3)
  }
}
