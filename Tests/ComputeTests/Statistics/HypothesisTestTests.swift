import Compute
import Testing

@Suite("Tests of hypotheses") struct HypothesisTestTests {
  @Test("t tests of constant, tiny and huge numbers")
  func means() {
    let (a, b) = (Moments([1, 2, 3]), Moments([2, 4, 6, 8]))
    let welch = HypothesisTest.welch(a, b)
    #expect(welch == HypothesisTest.welch(a, b) && welch.p > 0.05 && welch.statistic < 0)
    for scale in [0x1p-1060, 0x1p1000, 0x1p-500] {
      let scaled = HypothesisTest.welch(
        Moments([1, 2, 3].map { $0 * scale }), Moments([2, 4, 6, 8].map { $0 * scale }))
      #expect(abs(scaled.p - welch.p) <= 1e-15)
      let pooled = HypothesisTest.pooled(
        Moments([1, 2, 3].map { $0 * scale }), Moments([2, 4, 6, 8].map { $0 * scale }))
      #expect(abs(pooled.p - HypothesisTest.pooled(a, b).p) <= 1e-15)
    }
    let (one, two) = (Moments([1, 1]), Moments([2, 2]))
    #expect(HypothesisTest.welch(one, two).p == 0)
    #expect(HypothesisTest.welch(one, two).statistic == -.infinity)
    #expect(HypothesisTest.welch(one, one).p.isNaN && HypothesisTest.pooled(one, one).p.isNaN)
    #expect(HypothesisTest.welch(Moments([1]), two).p.isNaN)
    #expect(HypothesisTest.pooled(Moments([1]), Moments([2])).p.isNaN)
    #expect(!HypothesisTest.pooled(Moments([1]), Moments([2, 3])).p.isNaN)
    #expect(HypothesisTest.pooled(Moments(), two).p.isNaN)
    #expect(HypothesisTest.welch(Moments([1, .infinity]), two).p.isNaN)
  }

  @Test("counts at their ends")
  func counts() {
    #expect(HypothesisTest.proportions(0, of: 0, 1, of: 2).p.isNaN)
    #expect(HypothesisTest.proportions(0, of: 5, 0, of: 9).p.isNaN)
    #expect(HypothesisTest.proportions(5, of: 10, 50, of: 100).p == 1)
    #expect(HypothesisTest.proportions(10, of: 10, 0, of: 10).p < 1e-5)
    #expect(HypothesisTest.mcNemarExact(0, 0).p == 1 && HypothesisTest.mcNemar(0, 0).p == 1)
    #expect(HypothesisTest.mcNemarExact(0, 1).p == 1)
    // 2·2^-10.
    #expect(abs(HypothesisTest.mcNemarExact(10, 0).p - 0x1p-9) < 1e-17)
    #expect(HypothesisTest.mcNemarExact(3, 9).p == HypothesisTest.mcNemarExact(9, 3).p)
    #expect(HypothesisTest.mcNemar(9, 3).statistic == 25 / 12.0)
    #expect(HypothesisTest.mcNemar(9, 3, corrected: false).statistic == 3)
    #expect(HypothesisTest.goodnessOfFit([], expected: []).p.isNaN)
    #expect(HypothesisTest.goodnessOfFit([0], expected: [1]).p.isNaN)
    #expect(HypothesisTest.goodnessOfFit([3], expected: [1]).p == 1)
    #expect(HypothesisTest.goodnessOfFit([3, 1], expected: [1, 0]).p == 0)
    #expect(HypothesisTest.goodnessOfFit([3, 6, 0], expected: [1, 2, 0]).p == 1)
  }

  @Test("corrections leave out what was not tested")
  func corrections() {
    let p = [0.01, .nan, 0.04, 0.03]
    let hochberg = MultipleTesting.benjaminiHochberg(p)
    #expect(hochberg[1].isNaN)
    #expect([0, 2, 3].map { hochberg[$0] } == [0.03, 0.04, 0.04])
    let bonferroni = MultipleTesting.bonferroni(p)
    #expect(bonferroni[1].isNaN && bonferroni[0] == 0.03 && bonferroni[2] == 0.12)
    #expect(MultipleTesting.bonferroni([0.9, 0.9]) == [1, 1])
    #expect(MultipleTesting.benjaminiHochberg([]) == [] && MultipleTesting.bonferroni([]) == [])
    #expect(MultipleTesting.benjaminiHochberg([0.2]) == [0.2])
  }

  @Test("intervals hold the share, and more trials narrow them")
  func intervals() {
    typealias Interval = ProportionInterval
    #expect(Interval.wilson(0, of: 0).lower == 0 && Interval.wilson(0, of: 0).upper == 1)
    #expect(Interval.clopperPearson(0, of: 0).lower == 0)
    #expect(Interval.clopperPearson(0, of: 0).upper == 1)
    for trials in [1, 2, 10, 1000] {
      for yes in [0, trials / 3, trials] {
        for interval in [Interval.wilson, Interval.clopperPearson] {
          let few = interval(yes, trials, 0.95)
          let share = Double(yes) / Double(trials)
          #expect(few.lower <= share && few.upper >= share)
          #expect(few.lower >= 0 && few.upper <= 1)
          let many = interval(yes * 100, trials * 100, 0.95)
          #expect(many.upper - many.lower < few.upper - few.lower)
          let mirrored = interval(trials - yes, trials, 0.95)
          #expect(abs(mirrored.lower - (1 - few.upper)) < 1e-14)
          let sure = interval(yes, trials, 0.999)
          #expect(sure.upper - sure.lower > few.upper - few.lower)
        }
      }
    }
    // 1 - 0.025^(1/10): none of ten.
    #expect(abs(Interval.clopperPearson(0, of: 10).upper - 0.308_497_1) < 1e-7)
  }
}
