import Compute
import Formats
import Testing

@Suite("Shares, tables and correlations against scipy") struct StatisticsCategoriesInterop {
  private typealias Numbers = StatisticsComparison

  @Test("distances of shares, 500 pairs of counts") func shares() throws {
    var generator = StatisticsGenerator(seed: 51)
    let cases = (0..<500).map { number -> JSONValue in
      let categories = generator.integer(1...12)
      let most = generator.pick([1, 5, 100, 10_000_000])
      let r = generator.counts(categories, upTo: most)
      let c = generator.counts(categories, upTo: most)
      // Nearly equal shares in some.
      let other = number % 5 == 0 ? r.map { $0 * 3 + generator.integer(0...1) } : c
      return .object([
        .init("r", Numbers.list(r)),
        .init("c", Numbers.list(other.contains { $0 > 0 } ? other : c)),
      ])
    }
    try Numbers.compare(cases, Self.shareAnswer) { example in
      let pair = ShareComparison(
        reference: Numbers.integers(example, "r"), current: Numbers.integers(example, "c"))
      let chi = pair.chiSquared
      return [
        "psi": pair.stabilityIndex(), "psi_evidently": pair.stabilityIndex(zero: .evidently),
        "js": pair.jensenShannon(), "js_e": pair.jensenShannon(base: Self.e),
        "tvd": pair.totalVariation, "linf": pair.largestDifference, "hellinger": pair.hellinger,
        "chi": chi.statistic, "chi_p": chi.p, "chi_df": chi.freedom ?? .nan,
        "entropy": Entropy.bits(pair.reference),
      ]
    }
  }

  @Test("drift of numbers in bins, 400 pairs of columns") func bins() throws {
    var generator = StatisticsGenerator(seed: 52)
    let cases = (0..<400).map { number -> JSONValue in
      let kinds = StatisticsGenerator.plain + [.constant]
      let kind = kinds[number % 6]
      let (n, m) = (generator.pick([1, 2, 9, 11, 100, 512]), generator.pick([1, 10, 101, 512]))
      let shift = generator.pick([0, 0, 0.4, 3])
      return .object([
        .init("x", Numbers.list(generator.column(kind, n))),
        .init("y", Numbers.list(generator.column(kind, m).map { $0 + shift })),
      ])
    }
    try Numbers.compare(cases, Self.binAnswer) { example in
      let pair = SamplePair(
        reference: OrderedSample(sorting: Numbers.doubles(example, "x")),
        current: OrderedSample(sorting: Numbers.doubles(example, "y")))
      let deciles = Bins.quantiles(of: pair.reference, count: 10)
      let sturges = ShareComparison(pair, in: .sturges(over: pair))
      return [
        "edges": Double(deciles.edges.count),
        "psi": ShareComparison(pair, in: deciles).stabilityIndex(),
        "js": ShareComparison(pair, in: .equalWidth(over: pair, count: 30)).jensenShannon(),
        "psi_evidently": sturges.stabilityIndex(zero: .evidently),
        "js_evidently": sturges.jensenShannon(base: Self.e),
      ]
    }
  }

  @Test("tables of two categories, 400 of them") func tables() throws {
    var generator = StatisticsGenerator(seed: 53)
    let cases = (0..<400).map { _ -> JSONValue in
      let columns = generator.integer(1...6)
      let most = generator.pick([1, 3, 40, 1_000_000])
      let rows = (0..<generator.integer(1...6)).map { _ in
        Numbers.list(generator.counts(columns, upTo: most))
      }
      return .object([.init("t", .array(rows))])
    }
    try Numbers.compare(cases, Self.tableAnswer) { example in
      let rows = (example["t"]?.array ?? []).map { ($0.array ?? []).map { Int($0.int ?? 0) } }
      let table = ContingencyTable(rows: rows)
      let test = table.independence
      return [
        "chi": test.statistic, "p": test.p, "df": test.freedom ?? .nan, "v": table.cramersV(),
        "v_corrected": table.cramersV(corrected: true), "n": Double(table.total),
      ]
    }
  }

  @Test("rank correlations and correlation ratios, 400 columns") func correlations() throws {
    var generator = StatisticsGenerator(seed: 54)
    let cases = (0..<400).map { number -> JSONValue in
      let kind = StatisticsGenerator.Kind.allCases[number % 10]
      let count = generator.pick([1, 2, 3, 20, 150])
      let other = generator.pick(StatisticsGenerator.Kind.allCases)
      return .object([
        .init("x", Numbers.list(generator.column(kind, count))),
        .init("y", Numbers.list(generator.column(other, count))),
        .init("g", Numbers.list((0..<count).map { _ in generator.integer(0...4) })),
      ])
    }
    try Numbers.compare(cases, Self.correlationAnswer) { example in
      let (x, y) = (Numbers.doubles(example, "x"), Numbers.doubles(example, "y"))
      var groups = [Moments](repeating: Moments(), count: 5)
      for (value, group) in zip(x, Numbers.integers(example, "g")) { groups[group].add(value) }
      var values = ["spearman": Ranks.spearman(x, y), "eta": CorrelationRatio.eta(groups)]
      for (place, rank) in Ranks.doubled(x).enumerated() { values["r\(place)"] = Double(rank) / 2 }
      return values
    }
  }

  private static let e = 2.718281828459045

  private static let shareAnswer = #"""
    import mpmath as mp
    mp.mp.dps = 40
    from scipy.spatial import distance
    def filled(p, evidently):
        low = min(v for v in p if v)
        zero = (low / 10 ** 6 if low <= 0.0001 else Fraction(1, 10000)) if evidently else Fraction(1, 10000)
        return [v or zero for v in p]
    def number(x): return mp.mpf(x.numerator) / x.denominator
    def answer(case):
        r, c = case["r"], case["c"]
        p = [Fraction(v, sum(r)) for v in r]
        q = [Fraction(v, sum(c)) for v in c]
        out = {}
        for name, evidently in (("psi", False), ("psi_evidently", True)):
            a, b = filled(p, evidently), filled(q, evidently)
            exact = mp.fsum(number(y - x) * mp.log(number(y) / number(x)) for x, y in zip(a, b))
            out[name] = [float(exact), 1e-11, 1e-30]
            a, b = np.array(list(map(float, a))), np.array(list(map(float, b)))
            assert abs(np.sum((b - a) * np.log(b / a)) - exact) <= 1e-9 * exact + 1e-14
        half = [(x + y) / 2 for x, y in zip(p, q)]
        js = mp.fsum(number(x) * mp.log(number(x) / number(h)) for v in (p, q) for x, h in zip(v, half) if x) / 2
        out["js"] = [float(mp.sqrt(max(0, js) / mp.log(2))), 1e-11, 1e-18]
        out["js_e"] = [float(mp.sqrt(max(0, js))), 1e-11, 1e-18]
        assert abs(distance.jensenshannon(r, c, 2) - out["js"][0]) <= 1e-9 * out["js"][0] + 1e-7
        out["tvd"] = [float(sum(abs(x - y) for x, y in zip(p, q)) / 2), 1e-15]
        out["linf"] = [float(max(abs(x - y) for x, y in zip(p, q))), 1e-15]
        squares = mp.fsum((mp.sqrt(number(x)) - mp.sqrt(number(y))) ** 2 for x, y in zip(p, q))
        out["hellinger"] = [float(mp.sqrt(squares / 2)), 1e-11, 1e-18]
        table = np.array([[x, y] for x, y in zip(r, c) if x or y]).T
        chi = stats.chi2_contingency(table, correction=False)
        out["chi"], out["chi_p"] = [float(chi.statistic), 1e-9, 1e-9 * sum(r) / 1e6], [float(chi.pvalue), 1e-9, 1e-300]
        if chi.statistic < 1e-3 or chi.pvalue < 1e-50: out["chi_p"][1] = 1e-6
        out["chi_df"] = int(chi.dof)
        exact = -mp.fsum(number(x) * mp.log(number(x), 2) for x in p if x)
        out["entropy"] = [float(exact), 1e-13]
        assert abs(stats.entropy(r, base=2) - exact) <= 1e-9 * exact + 1e-12
        return out
    """#

  private static let binAnswer = #"""
    from scipy.spatial import distance
    def exact(xs, i):
        whole, rest = divmod((len(xs) - 1) * i, 10)
        a = Fraction(xs[whole])
        return rounded(a + (Fraction(xs[whole + 1]) - a) * rest / 10 if rest else a)
    def psi(a, b): return [float(np.sum((b - a) * np.log(b / a))), 1e-9, 1e-14]
    def filled(p):
        zero = min(p[p != 0])
        return np.where(p == 0, zero / 10 ** 6 if zero <= 0.0001 else 0.0001, p)
    def answer(case):
        x, y = np.sort(column(case, "x")), np.sort(column(case, "y"))
        # numpy's own, to the last digit, which may part equal numbers.
        edges = [exact(x.tolist(), i) for i in range(1, 10)]
        assert np.allclose(edges, np.quantile(x, np.arange(1, 10) / 10), 1e-13, 1e-13 * abs(x).max())
        edges = np.unique(edges)
        bins = np.concatenate([[-np.inf], edges, [np.inf]])
        def share(v):
            counts = np.array([np.sum((v > lo) & (v <= hi)) for lo, hi in zip(bins, bins[1:])])
            return np.where(counts == 0, 1e-4, counts / len(v))
        out = {"edges": len(edges), "psi": psi(share(x), share(y))}
        both = np.concatenate([x, y])
        # numpy has no bins for a range of so few doubles.
        if 0 < both.max() - both.min() < 1e-300 or abs(both).max() > 1e100: return out
        a, b = (np.histogram(v, bins=30, range=(both.min(), both.max()))[0] for v in (x, y))
        out["js"] = [float(distance.jensenshannon(a, b, 2)), 1e-9, 1e-7]
        # As Evidently 0.7 has it for columns of more than 20 values.
        edges = np.histogram_bin_edges(both, bins="sturges")
        a, b = (np.histogram(v, edges)[0] / len(v) for v in (x, y))
        out["psi_evidently"] = psi(filled(a), filled(b))
        out["js_evidently"] = [float(distance.jensenshannon(a, b)), 1e-9, 1e-7]
        return out
    """#

  private static let tableAnswer = #"""
    def answer(case):
        t = np.array(case["t"])
        t = t[t.sum(axis=1) > 0][:, t.sum(axis=0) > 0]
        n, (r, c) = int(t.sum()), t.shape
        exact = sum(
            (Fraction(int(t[i, j])) - Fraction(int(t[i].sum()) * int(t[:, j].sum()), n)) ** 2
            * Fraction(n, int(t[i].sum()) * int(t[:, j].sum())) for i in range(r) for j in range(c))
        out = {"n": n, "chi": [float(exact), 1e-13]}
        chi = stats.chi2_contingency(t, correction=False)
        assert abs(chi.statistic - exact) <= 1e-9 * exact + 1e-9, (chi, exact)
        out["df"] = int(chi.dof)
        out["p"] = [float(stats.chi2.sf(float(exact), chi.dof)) if chi.dof else 1.0, 1e-10, 1e-300]
        if min(r, c) > 1:
            out["v"] = [rounded(root(exact / n / (min(r, c) - 1))), 1e-13]
            v = stats.contingency.association(t, method="cramer")
            assert abs(v - out["v"][0]) <= 1e-9 * v + 1e-6
            if n > 1:
                def less(k): return k - Fraction((k - 1) ** 2, n - 1)
                rest = max(Fraction(0), exact / n - Fraction((r - 1) * (c - 1), n - 1))
                most = min(less(r), less(c)) - 1
                out["v_corrected"] = [min(1.0, rounded(root(rest / most))), 1e-9, 1e-7] if most > 0 else math.nan
        else: out["v"] = math.nan
        return out
    """#

  private static let correlationAnswer = #"""
    def answer(case):
        x, y, g = column(case, "x"), column(case, "y"), case["g"]
        ranks = stats.rankdata(x)
        out = {"r%d" % i: [float(v), 0] for i, v in enumerate(ranks)}
        if len(set(x)) > 1 and len(set(y)) > 1:
            out["spearman"] = [float(stats.spearmanr(x, y).statistic), 1e-12, 1e-13]
        else: out["spearman"] = math.nan
        fx, n = list(map(Fraction, x)), len(x)
        mean = sum(fx) / n
        total = sum((v - mean) ** 2 for v in fx)
        between = Fraction(0)
        for k in set(g):
            part = [v for v, j in zip(fx, g) if j == k]
            between += len(part) * (sum(part) / len(part) - mean) ** 2
        out["eta"] = [rounded(root(between / total)), 1e-14] if total else math.nan
        return out
    """#
}
