import Compute
import Support
import Testing

@Suite("Resampling") struct ResamplingTests {
  @Test("the number of threads changes no bit, the seed does")
  func threads() {
    var random = SeededRandom(seed: 8)
    let differences = (0..<300).map { _ in Double.random(in: -1...1.3, using: &random) }
    let one = PairedBootstrap(differences: differences, replicates: 200, seed: 4)
    let four = PairedBootstrap(
      differences: differences, replicates: 200, seed: 4, pool: WorkerPool(threads: 4))
    #expect(one == four)
    #expect(PairedBootstrap(differences: differences, replicates: 200, seed: 5) != one)
    // The first replicates are the same when there are more.
    let rows = 50
    let mean = { @Sendable (drawn: UnsafeBufferPointer<Int>) in Double(drawn.reduce(0, +)) }
    let few = PairedBootstrap.statistics(rows: rows, replicates: 10, seed: 1, mean)
    let many = PairedBootstrap.statistics(
      rows: rows, replicates: 30, seed: 1, pool: WorkerPool(threads: 3), mean)
    #expect(few == Array(many.prefix(10)) && Set(many).count > 20)
  }

  @Test("replicates spread as the mean does")
  func spread() {
    var random = SeededRandom(seed: 9)
    let differences = (0..<400).map { _ in Double.random(in: -1...1, using: &random) + 0.2 }
    let bootstrap = PairedBootstrap(differences: differences, replicates: 2000, seed: 1)
    let moments = Moments(differences)
    #expect(bootstrap.difference == moments.mean && bootstrap.replicates.count == 2000)
    let expected = moments.deviation(freedomsLost: 0) / 20
    let spread = Moments(bootstrap.replicates).deviation(freedomsLost: 1)
    #expect(abs(spread / expected - 1) < 0.08)
    let (low, high) = bootstrap.interval()
    #expect(abs((high - low) / (2 * 1.96 * expected) - 1) < 0.1)
    #expect(low < moments.mean && high > moments.mean)
    #expect(bootstrap.p() < 0.01 && bootstrap.p(notAbove: 0.2) > 0.05)
    #expect(bootstrap.p(notAbove: 5) == 1 && bootstrap.p(notAbove: -5) == 1 / 2001.0)
  }

  @Test("no rows, one row, and what is not finite")
  func degenerate() {
    for differences in [[], [.nan, 1], [.infinity]] as [[Double]] {
      let none = PairedBootstrap(differences: differences, seed: 1)
      #expect(none.replicates == [] && none.p() == 1 && none.interval().lower.isNaN)
    }
    let one = PairedBootstrap(differences: [3], replicates: 5, seed: 1)
    #expect(one.replicates == [3, 3, 3, 3, 3] && one.interval() == (3, 3))
  }

  @Test("a discrepancy is found, and none where there is none")
  func discrepancy() throws {
    var random = SeededRandom(seed: 10)
    func matrix(_ rows: Int, shift: Double) throws -> Matrix {
      try #require(
        Matrix(
          rows: rows, columns: 2,
          elements: (0..<(2 * rows)).map { _ in Double.random(in: 0...1, using: &random) + shift }))
    }
    let reference = try matrix(40, shift: 0)
    let same = MeanDiscrepancy(reference: reference, current: try matrix(30, shift: 0))
    let shifted = MeanDiscrepancy(reference: reference, current: try matrix(30, shift: 0.4))
    #expect(shifted.squared > same.squared && same.bandwidth > 0)
    #expect(same.p(permutations: 99, seed: 1) > 0.05)
    #expect(shifted.p(permutations: 99, seed: 1) == 0.01)
    #expect(
      same.p(permutations: 99, seed: 1)
        == same.p(permutations: 99, seed: 1, pool: WorkerPool(threads: 4)))
    let single = MeanDiscrepancy(reference: reference, current: try matrix(1, shift: 0))
    #expect(single.squared.isNaN && single.p(seed: 1).isNaN)
    let constant = try #require(
      Matrix(rows: 3, columns: 1, elements: [2, 2, 2]))
    let flat = MeanDiscrepancy(reference: constant, current: constant)
    #expect(flat.bandwidth == 1 && flat.squared == 0)
  }
}
