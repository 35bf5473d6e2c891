import Compute
import Testing

@Suite("Distributions") struct DistributionTests {
  @Test("numbers that tables have")
  func tables() {
    expect(NormalDistribution.quantile(0.975), 1.959963984540054)
    expect(NormalDistribution.survival(1.6448536269514722), 0.05)
    expect(StudentDistribution.twoSided(12.706204736174705, freedom: 1), 0.05)
    expect(StudentDistribution.twoSided(2.2281388519862753, freedom: 10), 0.05)
    expect(ChiSquaredDistribution.survival(3.841458820694124, freedom: 1), 0.05)
    expect(ChiSquaredDistribution.survival(124.34211340400408, freedom: 100), 0.05)
    expect(FDistribution.survival(4.964602743730711, between: 1, within: 10), 0.05)
    // 10 of 20 coins and fewer.
    expect(BinomialDistribution.cdf(10, trials: 20, chance: 0.5), 616_666 / 1_048_576)
    expect(BetaDistribution.quantile(0.5, 3, 3), 0.5)
    expect(KolmogorovDistribution.survival(1.3580986393225507), 0.05)
    // The table of T. W. Anderson and D. A. Darling, 1952.
    #expect(abs(CramerVonMisesDistribution.survival(0.46136) - 0.05) < 1e-6)
    #expect(abs(CramerVonMisesDistribution.survival(0.74346) - 0.01) < 1e-6)
    #expect(abs(CramerVonMisesDistribution.survival(1.16786) - 0.001) < 1e-7)
  }

  @Test("ends and what is no number")
  func ends() {
    #expect(NormalDistribution.survival(0) == 0.5 && NormalDistribution.cdf(0) == 0.5)
    #expect(NormalDistribution.survival(.infinity) == 0)
    #expect(NormalDistribution.survival(-.infinity) == 1)
    #expect(NormalDistribution.survival(.nan).isNaN)
    #expect(NormalDistribution.quantile(0) == -.infinity)
    #expect(NormalDistribution.quantile(1) == .infinity && NormalDistribution.quantile(0.5) == 0)
    #expect(NormalDistribution.quantile(-0.1).isNaN && NormalDistribution.quantile(.nan).isNaN)
    #expect(StudentDistribution.twoSided(0, freedom: 3) == 1)
    #expect(StudentDistribution.twoSided(.infinity, freedom: 3) == 0)
    #expect(StudentDistribution.twoSided(.nan, freedom: 3).isNaN)
    #expect(StudentDistribution.twoSided(1, freedom: 0).isNaN)
    expect(StudentDistribution.twoSided(2, freedom: .infinity), 0.04550026389635842)
    #expect(ChiSquaredDistribution.survival(0, freedom: 2) == 1)
    #expect(ChiSquaredDistribution.survival(.infinity, freedom: 2) == 0)
    #expect(ChiSquaredDistribution.survival(-1, freedom: 2).isNaN)
    #expect(ChiSquaredDistribution.survival(1, freedom: 0).isNaN)
    #expect(FDistribution.survival(0, between: 1, within: 1) == 1)
    #expect(FDistribution.survival(.infinity, between: 1, within: 1) == 0)
    #expect(FDistribution.survival(.nan, between: 1, within: 1).isNaN)
    #expect(BetaDistribution.cdf(0, 1, 2) == 0 && BetaDistribution.cdf(1, 1, 2) == 1)
    #expect(BetaDistribution.cdf(2, 1, 2).isNaN && BetaDistribution.quantile(0.5, 0, 1).isNaN)
    #expect(BinomialDistribution.cdf(-1, trials: 3, chance: 0.5) == 0)
    #expect(BinomialDistribution.cdf(3, trials: 3, chance: 0.5) == 1)
    #expect(BinomialDistribution.cdf(1, trials: 3, chance: 1) == 0)
    #expect(KolmogorovDistribution.survival(0) == 1 && KolmogorovDistribution.survival(40) == 0)
    #expect(KolmogorovDistribution.survival(0.2, rows: 0).isNaN)
    #expect(KolmogorovDistribution.survival(1, rows: 5) == 0)
    #expect(KolmogorovDistribution.survival(0.1, rows: 5) == 1)
    #expect(SmirnovDistribution.survival(0, rows: 5) == 1)
    #expect(CramerVonMisesDistribution.survival(0) == 1)
    #expect(CramerVonMisesDistribution.survival(1000) == 0)
    #expect(CramerVonMisesDistribution.survival(.nan).isNaN)
  }

  @Test("tails fall, and both sides add up to 1")
  func monotonous() {
    var before = [Double](repeating: 1, count: 7)
    for step in 1...400 {
      let x = Double(step) * 0.02
      let tails = [
        NormalDistribution.survival(x), StudentDistribution.survival(x, freedom: 2.5),
        ChiSquaredDistribution.survival(x, freedom: 3),
        FDistribution.survival(x, between: 4, within: 5), KolmogorovDistribution.survival(x),
        CramerVonMisesDistribution.survival(x), KolmogorovDistribution.survival(x / 8, rows: 30),
      ]
      for (now, last) in zip(tails, before) { #expect(now <= last && now >= 0) }
      before = tails
      expect(NormalDistribution.cdf(x) + NormalDistribution.survival(x), 1)
      expect(
        ChiSquaredDistribution.cdf(x, freedom: 3) + ChiSquaredDistribution.survival(x, freedom: 3),
        1)
      // Two degrees of freedom have an elementary tail, and F of (2, 2) as well.
      expect(
        ChiSquaredDistribution.survival(x, freedom: 2), Elementary.exponential(-x / 2))
      expect(FDistribution.survival(x, between: 2, within: 2), 1 / (1 + x))
      // t² is F.
      expect(
        StudentDistribution.twoSided(x, freedom: 7),
        FDistribution.survival(x * x, between: 1, within: 7))
    }
  }

  @Test(
    "quantiles undo distribution functions", arguments: [1e-300, 1e-20, 0.001, 0.3, 0.77, 0.999])
  func quantiles(p: Double) {
    expect(NormalDistribution.cdf(NormalDistribution.quantile(p)), p)
    for (a, b) in [(0.5, 0.5), (2, 3), (30, 0.7), (400, 1000)] where p > 1e-100 {
      expect(BetaDistribution.cdf(BetaDistribution.quantile(p, a, b), a, b), p, 1e-9)
      // An x so near to 1 is no double.
      guard p > 1e-9 else { continue }
      expect(BetaDistribution.survival(BetaDistribution.upperQuantile(p, a, b), a, b), p, 1e-9)
    }
  }

  private func expect(_ value: Double, _ wanted: Double, _ tolerance: Double = 1e-13) {
    #expect(abs(value - wanted) <= tolerance * abs(wanted), "\(value), not \(wanted)")
  }
}
