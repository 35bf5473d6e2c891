import Compute
import Support
import Testing

@Suite("Pairs of samples") struct SamplePairTests {
  @Test("equal samples are no distance apart, and shifted ones the shift")
  func known() {
    let same = pair([1, 2, 2, 5], [5, 2, 1, 2])
    #expect(same.kolmogorovSmirnov == 0 && same.wasserstein == 0 && same.energy == 0)
    #expect(HypothesisTest.kolmogorovSmirnov(same).p == 1)
    #expect(HypothesisTest.mannWhitney(same).p == 1)
    let shifted = pair([0, 1, 3], [5, 6, 8])
    #expect(shifted.kolmogorovSmirnov == 1 && shifted.wasserstein == 5)
    #expect(abs(shifted.energy - 2.708_012_801_545_320_4) < 1e-15)
    #expect(pair([0, 1], [0.5]).wasserstein == 0.5)
    #expect(pair([0, 0, 0, 0], [0, 4]).normedWasserstein == 2000)
    // Swapped samples need not be equal, and counts are like repetitions.
    let counted = SamplePair(
      reference: OrderedSample(ascending: [0, 1, 3], counts: [2, 2, 2]),
      current: OrderedSample(ascending: [5, 6, 8], counts: [3, 3, 3]))
    #expect(counted.wasserstein == 5 && abs(counted.energy - shifted.energy) < 1e-15)
  }

  @Test("numbers beyond bounds")
  func degenerate() {
    for empty in [pair([], [1]), pair([1], []), pair([], [])] {
      #expect(!empty.isComplete)
      #expect(empty.kolmogorovSmirnov.isNaN && empty.wasserstein.isNaN && empty.energy.isNaN)
      #expect(empty.cramerVonMises.isNaN)
      #expect(HypothesisTest.kolmogorovSmirnov(empty).p.isNaN)
      #expect(HypothesisTest.cramerVonMises(empty).p.isNaN)
      #expect(HypothesisTest.mannWhitney(empty).p.isNaN)
    }
    let infinite = pair([1, .infinity], [1, 2])
    #expect(infinite.wasserstein == .infinity && infinite.energy == .infinity)
    #expect(infinite.kolmogorovSmirnov == 0.5)
    // The functions are equal where the width is infinite.
    #expect(pair([1, .infinity], [2, .infinity]).wasserstein == 0.5)
    #expect(pair([-1.7e308], [1.7e308]).wasserstein == .infinity)
    #expect(pair([-1.7e308, 1.7e308], [1.7e308, 1.7e308]).wasserstein == 1.7e308)
    let constant = pair([2, 2, 2, 2, 2, 2, 2, 2, 2], [2, 2, 2, 2, 2, 2, 2, 2, 2])
    #expect(HypothesisTest.mannWhitney(constant).p == 1)
    #expect(HypothesisTest.cramerVonMises(pair([1], [1, 2])).p.isNaN)
    #expect(HypothesisTest.cramerVonMises(constant).p == 1)
  }

  /// Every way to part the ranks of small samples: how often a statistic is at least as far.
  @Test("exact p are shares of all orders", arguments: [(1, 1), (2, 3), (4, 4), (3, 6), (5, 4)])
  func exact(n: Int, m: Int) {
    let partings = (0..<(1 << (n + m))).filter { $0.nonzeroBitCount == n }.map { bits in
      let ranks = (0..<(n + m)).map { Double($0) }
      return pair(
        ranks.filter { bits >> Int($0) & 1 == 1 }, ranks.filter { bits >> Int($0) & 1 == 0 })
    }
    let tests: [((SamplePair) -> HypothesisTest, (HypothesisTest) -> Double)] = [
      ({ HypothesisTest.kolmogorovSmirnov($0) }, { $0.statistic }),
      ({ HypothesisTest.mannWhitney($0) }, { abs($0.statistic - Double(n * m) / 2) }),
      ({ HypothesisTest.cramerVonMises($0) }, { $0.statistic }),
    ]
    for (test, distance) in tests.prefix(n > 1 && m > 1 ? 3 : 2) {
      let outcomes = partings.map(test)
      for outcome in outcomes {
        let far = outcomes.count { distance($0) >= distance(outcome) - 1e-12 }
        let share = Double(far) / Double(outcomes.count)
        #expect(abs(outcome.p - share) < 1e-14, "\(outcome) \(share)")
      }
    }
  }

  @Test("swapping the samples and reversing the order change nothing", arguments: 0..<40)
  func symmetric(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let scale = random.pick([1, 1e-9, 1e200])
    let numbers = { (size: Int) in
      (0..<size).map { _ in Double(Int.random(in: -20...20, using: &random)) * scale }
    }
    let (x, y) = (numbers(random.pick([2, 7, 30])), numbers(random.pick([3, 20, 60])))
    let forth = pair(x, y)
    let back = pair(y, x)
    let mirrored = pair(x.map { -$0 }, y.map { -$0 })
    #expect(forth.kolmogorovSmirnov == back.kolmogorovSmirnov)
    #expect(forth.wasserstein == back.wasserstein && forth.energy == back.energy)
    #expect(forth.cramerVonMises == back.cramerVonMises)
    #expect(mirrored.wasserstein == forth.wasserstein)
    #expect(mirrored.kolmogorovSmirnov == forth.kolmogorovSmirnov)
    #expect(mirrored.cramerVonMises == forth.cramerVonMises)
    for test in [HypothesisTest.kolmogorovSmirnov, HypothesisTest.cramerVonMises] {
      #expect(test(forth).p == test(back).p)
      #expect(abs(test(forth).p - test(mirrored).p) <= 1e-14)
    }
    let (u, v) = (HypothesisTest.mannWhitney(forth), HypothesisTest.mannWhitney(back))
    #expect(u.p == v.p && u.statistic + v.statistic == Double(x.count * y.count))
  }

  private func pair(_ x: [Double], _ y: [Double]) -> SamplePair {
    SamplePair(reference: OrderedSample(sorting: x), current: OrderedSample(sorting: y))
  }
}
