import Support
import Testing

@testable import Compute

@Suite("Where two distribution functions are furthest apart") struct WidestGapTests {
  @Test("it is where no other place has a larger difference, and the statistic says the same")
  func largest() throws {
    var generator = SeededRandom(seed: 7)
    for _ in 0..<300 {
      let samples = (0..<2).map { shift in
        OrderedSample(
          sorting: (0..<Int.random(in: 1...60, using: &generator)).map { _ in
            Double(Int.random(in: 0...20, using: &generator) + shift)
          })
      }
      let pair = SamplePair(reference: samples[0], current: samples[1])
      let gap = try #require(pair.widestGap)
      func difference(_ x: Double) -> Double {
        abs(
          Double(samples[0].count(upTo: x)) / Double(samples[0].count)
            - Double(samples[1].count(upTo: x)) / Double(samples[1].count))
      }
      #expect(abs(gap.reference - gap.current) == difference(gap.value))
      for x in 0...21 { #expect(difference(Double(x)) <= difference(gap.value) + 1e-12) }
      #expect(
        abs(pair.kolmogorovSmirnov - difference(gap.value)) < 1e-12)
    }
  }

  @Test("a sample without numbers has none")
  func empty() {
    let pair = SamplePair(
      reference: OrderedSample(ascending: []), current: OrderedSample(ascending: [1]))
    #expect(pair.widestGap == nil)
  }
}
