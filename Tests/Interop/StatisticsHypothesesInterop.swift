import Compute
import Formats
import Testing

@Suite("Tests of hypotheses against scipy") struct StatisticsHypothesesInterop {
  private typealias Numbers = StatisticsComparison

  @Test("Welch's and Student's t, 500 pairs of columns") func means() throws {
    var generator = StatisticsGenerator(seed: 41)
    let cases = (0..<500).map { number -> JSONValue in
      let kind = StatisticsGenerator.Kind.allCases[number % 10]
      let other = number % 3 == 0 ? StatisticsGenerator.Kind.bell : kind
      let (n, m) = (generator.pick([1, 2, 3, 10, 200]), generator.pick([1, 2, 5, 50]))
      return .object([
        .init("x", Numbers.list(generator.column(kind, n))),
        .init("y", Numbers.list(generator.column(other, m))),
      ])
    }
    try Numbers.compare(cases, Self.meanAnswer) { example in
      let (x, y) = (Moments(Numbers.doubles(example, "x")), Moments(Numbers.doubles(example, "y")))
      let (welch, pooled) = (HypothesisTest.welch(x, y), HypothesisTest.pooled(x, y))
      return [
        "welch": welch.statistic, "welch_p": welch.p, "welch_df": welch.freedom ?? .nan,
        "pooled": pooled.statistic, "pooled_p": pooled.p, "pooled_df": pooled.freedom ?? .nan,
      ]
    }
  }

  @Test("proportions, McNemar, intervals, goodness of fit, 500 sets of counts")
  func counts() throws {
    var generator = StatisticsGenerator(seed: 42)
    let cases = (0..<500).map { number -> JSONValue in
      let (n, m) = (
        generator.pick([1, 5, 40, 1000, 3_000_000]), generator.pick([1, 7, 90, 2000, 5_000_000])
      )
      let (a, b) = (generator.integer(0...n), generator.integer(0...m))
      let categories = generator.integer(1...8)
      return .object([
        .init("a", .int(Int64(a))), .init("n", .int(Int64(n))), .init("b", .int(Int64(b))),
        .init("m", .int(Int64(m))), .init("level", .double(generator.pick([0.95, 0.9, 0.999]))),
        .init("o", Numbers.list(generator.counts(categories, upTo: 1000))),
        .init("e", Numbers.list(generator.counts(categories, upTo: 50).map { $0 + 1 })),
      ])
    }
    try Numbers.compare(cases, Self.countAnswer) { example in
      let (a, n) = (Numbers.integer(example, "a"), Numbers.integer(example, "n"))
      let (b, m) = (Numbers.integer(example, "b"), Numbers.integer(example, "m"))
      let level = Numbers.number(example, "level")
      let shares = HypothesisTest.proportions(a, of: n, b, of: m)
      let exact = HypothesisTest.mcNemarExact(a, b)
      let corrected = HypothesisTest.mcNemar(a, b)
      let plain = HypothesisTest.mcNemar(a, b, corrected: false)
      let wilson = ProportionInterval.wilson(a, of: n, confidence: level)
      let clopper = ProportionInterval.clopperPearson(a, of: n, confidence: level)
      let fit = HypothesisTest.goodnessOfFit(
        Numbers.integers(example, "o"), expected: Numbers.integers(example, "e"))
      return [
        "z": shares.statistic, "z_p": shares.p, "exact": exact.p, "corrected": corrected.statistic,
        "corrected_p": corrected.p, "plain": plain.statistic, "plain_p": plain.p,
        "wilson_low": wilson.lower, "wilson_high": wilson.upper, "clopper_low": clopper.lower,
        "clopper_high": clopper.upper, "fit": fit.statistic, "fit_p": fit.p,
      ]
    }
  }

  @Test("corrections for many tests, 300 lists of p") func corrections() throws {
    var generator = StatisticsGenerator(seed: 43)
    let cases = (0..<300).map { _ -> JSONValue in
      let p = (0..<generator.integer(1...40)).map { _ in
        generator.pick([generator.unit(), generator.unit() * 1e-3, 0.05, 0.5, 0, 1])
      }
      return .object([.init("p", Numbers.list(p))])
    }
    try Numbers.compare(cases, Self.correctionAnswer) { example in
      let p = Numbers.doubles(example, "p")
      var values: [String: Double] = [:]
      let hochberg = MultipleTesting.benjaminiHochberg(p)
      for (place, value) in hochberg.enumerated() { values["bh\(place)"] = value }
      for (place, value) in MultipleTesting.bonferroni(p).enumerated() {
        values["b\(place)"] = value
      }
      return values
    }
  }

  private static let meanAnswer = #"""
    import mpmath as mp
    def both(t, v):
        "The chance of both tails; scipy has 0 where squares pass all doubles."
        if not 1e50 < abs(t) < math.inf: return float(2 * stats.t.sf(abs(t), v))
        return float(mp.betainc(mp.mpf(v) / 2, 0.5, 0, v / (v + mp.mpf(t) ** 2), regularized=True))
    def answer(case):
        x, y = column(case, "x"), column(case, "y")
        n, m = len(x), len(y)
        def moments(v):
            s, q, k = sum(map(Fraction, v)), sum(Fraction(a) ** 2 for a in v), len(v)
            return s / k, q - s * s / k
        (a, qa), (b, qb) = moments(x), moments(y)
        out = {}
        def student(name, error, freedom):
            # t from fractions, p from scipy.
            if error: t = rounded(root((a - b) ** 2 / error)) * (1 if a > b else -1)
            else: t = math.nan if a == b else math.copysign(math.inf, a - b)
            out[name] = [t, 1e-14]
            out[name + "_df"] = [float(freedom), 1e-13]
            out[name + "_p"] = [both(t, float(freedom)), 1e-10]
        if n > 1 and m > 1:
            u, v = qa / (n - 1) / n, qb / (m - 1) / m
            student("welch", u + v, (u + v) ** 2 / (u * u / (n - 1) + v * v / (m - 1)) if u + v else n + m - 2)
            scale = max(map(abs, x + y))
            if 1e-50 < scale < 1e50 and min(np.std(x), np.std(y)) > 1e-4 * scale:
                t = stats.ttest_ind(x, y, equal_var=False)
                assert abs(t.statistic - out["welch"][0]) <= 1e-9 * abs(t.statistic) + 1e-11, (t, out)
                assert abs(t.pvalue - out["welch_p"][0]) <= 1e-9 * t.pvalue + 1e-11, (t, out)
                assert abs(t.df - out["welch_df"][0]) <= 1e-9 * t.df, (t, out)
                t = stats.ttest_ind(x, y)
                out["pooled_p"] = [float(t.pvalue), 1e-9, 1e-11]
        else: out["welch_p"] = math.nan
        if n + m > 2:
            p = out.get("pooled_p")
            student("pooled", (qa + qb) / (n + m - 2) * (Fraction(1, n) + Fraction(1, m)), n + m - 2)
            assert p is None or abs(out["pooled_p"][0] - p[0]) <= 1e-9 * p[0] + 1e-11
        else: out["pooled_p"] = math.nan
        return out
    """#

  private static let countAnswer = #"""
    def answer(case):
        a, n, b, m, level = (case[name] for name in ("a", "n", "b", "m", "level"))
        tiny = 1e-300
        x, y = Fraction(a, n), Fraction(b, m)
        share = Fraction(a + b, n + m)
        out = {}
        if 0 < share < 1:
            error = share * (1 - share) * (Fraction(1, n) + Fraction(1, m))
            z = rounded(root((x - y) ** 2 / error)) * (1 if x > y else -1)
            out["z"] = [z, 1e-13]
            out["z_p"] = [2 * float(stats.norm.sf(abs(z))), 1e-9, 1e-300]
        else: out["z_p"] = math.nan
        # scipy sums a tail here, of at most so many terms.
        if a + b == 0: out["exact"] = 1.0
        else: out["exact"] = [min(1.0, 2 * float(stats.binom.cdf(min(a, b), a + b, 0.5))), 1e-9, tiny]
        if 0 < a + b < 3000: out["exact"] = [float(stats.binomtest(min(a, b), a + b, 0.5).pvalue), 1e-9, tiny]
        for name, c in (("corrected", 1), ("plain", 0)):
            s = (abs(a - b) - c) ** 2 / (a + b) if a + b else 0.0
            out[name] = [s, 1e-14]
            out[name + "_p"] = [float(stats.chi2.sf(s, 1)), 1e-9, tiny]
        test = stats.binomtest(a, n)
        low, high = test.proportion_ci(level, method="wilson")
        out["wilson_low"], out["wilson_high"] = [float(low), 1e-9, 1e-15], [float(high), 1e-12]
        low, high = test.proportion_ci(level, method="exact")
        out["clopper_low"], out["clopper_high"] = [float(low), 1e-9], [float(high), 1e-9]
        o, e = np.array(case["o"]), np.array(case["e"])
        fit = stats.chisquare(o, e * (o.sum() / e.sum()))
        out["fit"] = [float(fit.statistic), 1e-9, 1e-11]
        out["fit_p"] = [float(fit.pvalue) if len(o) > 1 else 1.0, 1e-9, tiny]
        return out
    """#

  private static let correctionAnswer = #"""
    def answer(case):
        p = np.array(case["p"], float)
        out = {"bh%d" % i: [float(v), 1e-14] for i, v in enumerate(stats.false_discovery_control(p))}
        out.update({"b%d" % i: [float(v), 1e-15] for i, v in enumerate(np.minimum(1, p * len(p)))})
        return out
    """#
}
