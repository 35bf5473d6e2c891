import Compute
import Formats
import Testing

@Suite("Order statistics and distances against numpy and scipy") struct StatisticsSamplesInterop {
  private typealias Numbers = StatisticsComparison

  @Test("quantiles, median and deviation from it, 500 columns") func quantiles() throws {
    var generator = StatisticsGenerator(seed: 31)
    let cases = (0..<500).map { number -> JSONValue in
      let kind = StatisticsGenerator.Kind.allCases[number % 10]
      let count = generator.pick([1, 2, 3, 4, 10, 11, 101, 300])
      let qs = (0..<8).map { _ in generator.pick([0, 1, 0.5, 0.25, 0.1, 0.7, generator.unit()]) }
      return .object([
        .init("x", Numbers.list(generator.column(kind, count))), .init("q", Numbers.list(qs)),
        .init("w", number % 4 == 0 ? Numbers.list(generator.counts(count, upTo: 5)) : .null),
      ])
    }
    try Numbers.compare(cases, Self.quantileAnswer) { example in
      let sample = Self.sample(example, "x", "w")
      var values = [
        "n": Double(sample.count), "median": sample.median,
        "mad": sample.medianAbsoluteDeviation, "distinct": Double(sample.distinctCount),
      ]
      for (place, q) in Numbers.doubles(example, "q").enumerated() {
        values["q\(place)"] = sample.quantile(q)
      }
      for part in 0...10 { values["d\(part)"] = sample.quantile(part, of: 10) }
      return values
    }
  }

  @Test("two samples: statistics and p, 800 pairs") func pairs() throws {
    var generator = StatisticsGenerator(seed: 32)
    let cases = (0..<800).map { number -> JSONValue in
      let kind = StatisticsGenerator.plain[number % 5]
      let sizes = number % 2 == 0 ? [1, 2, 3, 5, 8, 9] : [10, 20, 21, 60, 300]
      let (n, m) = (generator.pick(sizes), generator.pick(sizes + [5, 40]))
      let shift = generator.pick([0, 0, 0.3, 2])
      let weighted = number % 5 == 4
      return .object([
        .init("x", Numbers.list(generator.column(kind, n))),
        .init("y", Numbers.list(generator.column(kind, m).map { $0 + shift })),
        .init("v", weighted ? Numbers.list(generator.counts(n, upTo: 4)) : .null),
        .init("w", weighted ? Numbers.list(generator.counts(m, upTo: 4)) : .null),
      ])
    }
    try Numbers.compare(cases, Self.pairAnswer) { example in
      Self.measures(
        SamplePair(
          reference: Self.sample(example, "x", "v"), current: Self.sample(example, "y", "w")))
    }
  }

  @Test("extreme numbers and larger samples") func extremes() throws {
    var generator = StatisticsGenerator(seed: 33)
    var cases = (0..<60).map { number -> JSONValue in
      let kind = [.wide, .huge, .tiny, .offset, .constant][number % 5] as StatisticsGenerator.Kind
      let n = generator.pick([2, 7, 50])
      return .object([
        .init("x", Numbers.list(generator.column(kind, n))),
        .init("y", Numbers.list(generator.column(kind, generator.pick([3, 30])))),
        .init("v", .null), .init("w", .null),
      ])
    }
    for (n, m) in [(900, 901), (1000, 1000), (700, 2100), (10_001, 40), (12_000, 11_000)] {
      for shift in [0, 0.1] {
        cases.append(
          .object([
            .init("x", Numbers.list((0..<n).map { _ in generator.bell() })),
            .init("y", Numbers.list((0..<m).map { _ in generator.bell() + shift })),
            .init("v", .null), .init("w", .null),
          ]))
      }
    }
    try Numbers.compare(cases, Self.pairAnswer) { example in
      Self.measures(
        SamplePair(
          reference: Self.sample(example, "x", "v"), current: Self.sample(example, "y", "w")))
    }
  }

  @Test("mean discrepancies, 100 pairs of tables") func discrepancies() throws {
    var generator = StatisticsGenerator(seed: 34)
    let cases = (0..<100).map { _ -> JSONValue in
      let columns = generator.integer(1...3)
      let table = { (rows: Int, shift: Double) in
        JSONValue.array(
          (0..<rows).map { _ in
            Numbers.list((0..<columns).map { _ in generator.bell() + shift })
          })
      }
      return .object([
        .init("x", table(generator.integer(2...40), 0)),
        .init("y", table(generator.integer(2...30), generator.pick([0, 1]))),
      ])
    }
    try Numbers.compare(cases, Self.discrepancyAnswer) { example in
      func matrix(_ key: String) throws -> Matrix {
        let rows = (example[key]?.array ?? []).map { ($0.array ?? []).compactMap(\.number) }
        return try #require(
          Matrix(rows: rows.count, columns: rows[0].count, elements: rows.flatMap(\.self)))
      }
      let pair = MeanDiscrepancy(reference: try matrix("x"), current: try matrix("y"))
      return ["squared": pair.squared, "bandwidth": pair.bandwidth]
    }
  }

  private static func measures(_ pair: SamplePair) -> [String: Double] {
    let swapped = SamplePair(reference: pair.current, current: pair.reference)
    #expect(swapped.wasserstein.bitPattern == pair.wasserstein.bitPattern)
    let kolmogorov = HypothesisTest.kolmogorovSmirnov(pair)
    let cramer = HypothesisTest.cramerVonMises(pair)
    let whitney = HypothesisTest.mannWhitney(pair)
    return [
      "ks": kolmogorov.statistic, "ks_p": kolmogorov.p, "cvm": cramer.statistic,
      "cvm_p": cramer.p, "u": whitney.statistic, "u_p": whitney.p,
      "wasserstein": pair.wasserstein, "norm": pair.normedWasserstein, "energy": pair.energy,
    ]
  }

  private static func sample(_ example: JSONValue, _ numbers: String, _ counts: String)
    -> OrderedSample
  {
    let values = Numbers.doubles(example, numbers)
    guard example[counts]?.array != nil else { return OrderedSample(sorting: values) }
    let pairs = zip(values, Numbers.integers(example, counts)).sorted { $0.0 < $1.0 }
    return OrderedSample(ascending: pairs.map(\.0), counts: pairs.map(\.1))
  }

  private static let quantileAnswer = #"""
    def exact(xs, i):
        "The quantile i/10 in fractions."
        whole, rest = divmod((len(xs) - 1) * i, 10)
        a = Fraction(xs[whole])
        return rounded(a + (Fraction(xs[whole + 1]) - a) * rest / 10 if rest else a)
    def answer(case):
        xs = np.array(column(case, "x"))
        if case["w"]: xs = np.repeat(xs, case["w"])
        far = np.abs(xs).max() > 1e300
        out = {"n": len(xs), "distinct": len(set(xs))}
        if not far:
            out["median"] = [float(np.median(xs)), 0]
            out["mad"] = [float(stats.median_abs_deviation(xs)), 0]
            for k, q in enumerate(case["q"]): out["q%d" % k] = [float(np.quantile(xs, q)), 0]
        tiny, scale = 5e-324, float(np.abs(xs).max())
        for i in range(11): out["d%d" % i] = [exact(sorted(xs), i), 1e-15, 1e-15 * scale + tiny]
        return out
    """#

  private static let discrepancyAnswer = #"""
    from scipy.spatial.distance import cdist, pdist
    def answer(case):
        x, y = np.array(case["x"]), np.array(case["y"])
        n, m = len(x), len(y)
        width = float(np.median(pdist(np.concatenate([x, y]), "sqeuclidean")))
        k = lambda a, b: np.exp(-cdist(a, b, "sqeuclidean") / width)
        within = (k(x, x).sum() - n) / (n * (n - 1)) + (k(y, y).sum() - m) / (m * (m - 1))
        # The kernel is kept in 32 bits.
        return {"bandwidth": [width, 1e-12], "squared": [float(within - 2 * k(x, y).mean()), 0, 1e-6]}
    """#

  private static let pairAnswer = #"""
    def distance(x, y, power):
        "The integral of |F - G| ** power in fractions."
        places = sorted(set(x) | set(y))
        f = np.searchsorted(x, places, side="right")
        g = np.searchsorted(y, places, side="right")
        n, m = len(x), len(y)
        total = Fraction(0)
        for k in range(len(places) - 1):
            gap = abs(int(f[k]) * m - int(g[k]) * n)
            total += gap ** power * (Fraction(places[k + 1]) - Fraction(places[k]))
        return total / (n * m) ** power
    def answer(case):
        x, y = column(case, "x"), column(case, "y")
        if case["v"]: x, y = np.repeat(x, case["v"]), np.repeat(y, case["w"])
        x, y = np.sort(x), np.sort(y)
        out = {}
        ks = stats.ks_2samp(x, y)
        out["ks"] = [float(ks.statistic), 1e-14]
        out["ks_p"] = [float(ks.pvalue), 1e-9, 1e-13]
        if min(len(x), len(y)) > 1:
            cvm = stats.cramervonmises_2samp(x, y)
            # scipy's statistic is a difference of large numbers, its limit a sum cut off.
            out["cvm"] = [float(cvm.statistic), 1e-9, 1e-11]
            exact = max(len(x), len(y)) <= 20
            out["cvm_p"] = [float(cvm.pvalue), 1e-12 if exact else 1e-9, 0 if exact else 3e-7]
        else: out["cvm_p"] = math.nan
        u = stats.mannwhitneyu(x, y)
        out["u"] = [float(u.statistic), 0]
        out["u_p"] = [float(u.pvalue), 1e-12]
        if len(x) + len(y) < 5000:
            w = distance(x, y, 1)
            out["wasserstein"] = [rounded(w), 1e-14, 5e-322]
            e = root(2 * distance(x, y, 2))
            if e > 1e-140: out["energy"] = [rounded(e), 1e-14]
        scale = max(np.abs(x).max(), np.abs(y).max())
        if 1e-100 < scale < 1e100:
            # Where scipy's own differences have so many digits.
            loss = 1e-13 * scale
            w, e = stats.wasserstein_distance(x, y), stats.energy_distance(x, y)
            if "wasserstein" not in out: out["wasserstein"] = [float(w), 1e-9, loss]
            if "energy" not in out: out["energy"] = [float(e), 1e-9, loss]
            assert abs(w - rounded(distance(x[:3000], y[:3000], 1))) <= 1e-9 * w + loss or len(x) > 3000
            norm = max(float(np.std(x)), 0.001)
            if norm > 1e-3 * scale: out["norm"] = [float(w / norm), 1e-9, loss / norm]
        return out
    """#
}
