import Checks
import Formats
import Learning
import Platform
import Support
import SystemPackage
import Testing

/// Tables are made, tested as `reprise test` does, and the numbers of the report are compared with those that pandas, numpy and
/// scipy find in the same files.
@Suite("Numbers of data tests against pandas, numpy and scipy") struct DataStatisticsInterop {
  private struct Opener: TableOpener {
    let folder: FilePath

    func open(_ reference: TableReference) throws -> any TableStream {
      guard case .path(let name) = reference.place else {
        throw Failure(.unsupported, "only files here")
      }
      return try TableStreams.open(folder.appending(name), partSize: 2000)
    }
  }

  @Test("statistics, shares and drift of 240 tables") func tables() throws {
    var generator = StatisticsGenerator(seed: 71)
    let cases = (0..<240).map { number -> JSONValue in
      let rows = generator.pick([1, 2, 3, 8, 9, 40, 300, 1500])
      let others = generator.pick([1, 2, 8, 30, 300, 1200])
      return .object([
        .init("csv", .string(Self.table(rows, number, 0, &generator))),
        .init(
          "reference", .string(Self.table(others, number, generator.pick([0, 0.4, 3]), &generator))),
        .init("number", .int(Int64(number))),
      ])
    }
    let compared = try StatisticsComparison.compare(cases, Self.answer, Self.measured)
    #expect(compared > 240 * 30)
  }

  // MARK: Tables

  /// Numbers of several kinds, categories, a key that may repeat, and cells that are missing.
  private static func table(
    _ rows: Int, _ number: Int, _ shift: Double, _ generator: inout StatisticsGenerator
  ) -> String {
    let kind = StatisticsGenerator.plain[number % 5]
    let xs = generator.column(kind, rows).map { $0 + shift }
    let ys = generator.column(StatisticsGenerator.plain[(number + 2) % 5], rows)
    let gaps = [0, 5, 40][number % 3]
    var text = "x,y,n,c,d,k\n"
    for row in 0..<rows {
      let y = 0.5 * xs[row] + ys[row]
      let cells = [
        "\(xs[row])", "\(y)", "\(generator.integer(0...(number % 7 + 1)))",
        ["red", "green", "blue", "\"a, b\"", "한"][generator.integer(0...(number % 4 + 1))],
        ["u", "v"][generator.integer(0...1)],
        "\(generator.integer(0...(rows * (number % 5 + 1))))",
      ]
      // The first row has all, so that no column is empty.
      text +=
        cells.map { row > 0 && generator.integer(1...100) <= gaps ? "" : $0 }
        .joined(separator: ",") + "\n"
    }
    return text
  }

  // MARK: Ours

  private static let suite = """
    data: t.csv
    reference: r.csv
    columns:
      x: [float, mean > 0, std > 0, min > 0, max > 0, sum > 0, median > 0, quantile 10% > 0, quantile 0.77 > 0,
        nulls <= 0%, outliers iqr <= 0%, outliers z 1.5 <= 0%, outliers mad 2 <= 0%, distinct > 0, entropy > 0,
        {test: range, min: -0.5, max: 1.5}, monotonic, drift psi < 0, drift ks p >= 1, drift js < 0,
        drift wasserstein < 0, drift linf < 0, drift tvd < 0, drift hellinger < 0, drift energy < 0,
        drift cramer-von-mises p >= 1, drift mann-whitney p >= 1, drift t p >= 1]
      y: [float, mean > 0, median > 0]
      n: [int, class balance >= 0, entropy > 0, distinct > 0, "in [0, 2]", drift chi2 p >= 1]
      c: [category, distinct > 0, entropy > 0, class balance >= 0, "share of [red, blue] > 0", "length 1..3",
        drift psi < 0, drift js < 0, drift chi2 p >= 1, drift tvd < 0, drift hellinger < 0, drift linf < 0]
      d: [category, drift z p >= 1]
      k: [int, unique]
    table:
    - rows change <= 0
    - duplicates on [c, d] == 0
    - duplicates on [c, n] == 0
    - x <= y
    - correlation pearson < 0 on [x, y]
    - correlation spearman < 0 on [x, y]
    - correlation cramer < 0 on [c, d]
    - correlation eta < 0 on [c, y]
    - {test: mean, column: x, above: 0, where: "d == 'u'"}
    - {test: median, column: y, above: 0, where: "n <= 1 and x > 0"}
    - {test: duplicate-rows, columns: [c], max: 0, where: "x > 0"}
    drift: {correction: none}

    """

  private static func measured(_ example: JSONValue) throws -> [String: Double] {
    let folder = try TemporaryFolder()
    try folder.write(example["csv"]?.string ?? "", to: "t.csv")
    try folder.write(example["reference"]?.string ?? "", to: "r.csv")
    try folder.write(suite, to: "suite.yml")
    let suite = try DataSuite(reading: folder.path.appending("suite.yml"), shownAs: "suite.yml")
    let threads = 1 + Int(example["number"]?.int ?? 0) % 3
    let outcome = try DataTesting(
      suite, opener: Opener(folder: folder.path), threads: threads, now: 0
    ).outcome()
    var found: [String: Double] = [:]
    for test in outcome.outcomes {
      let name =
        test.test.column.map {
          test.test.text.hasPrefix("\($0):") ? test.test.text : "\($0): \(test.test.text)"
        } ?? test.test.text
      // What cannot be said is NaN to numpy.
      found[name] = test.value ?? .nan
      if let rows = test.rows {
        found[name + " failing"] = Double(rows.failing)
        found[name + " considered"] = Double(rows.considered)
      }
    }
    return found
  }

  private static let answer = #"""
    import io
    import pandas as pd
    from scipy.spatial.distance import jensenshannon
    def nan(x): return float(x) if x is not None else math.nan
    def entropy(s): return float(stats.entropy(s.value_counts().values, base=2)) if len(s) else math.nan
    def psi(r, c):
        r, c = np.where(r == 0, 1e-4, r), np.where(c == 0, 1e-4, c)
        return float(np.sum((c - r) * np.log(c / r)))
    def tenth(xs, i):
        "A quantile at a place without rounding: numpy's own 0.3 * 10 lies below 3, and a number beside its bin."
        whole, rest = divmod((len(xs) - 1) * i, 10)
        a = Fraction(xs[whole])
        return rounded(a + (Fraction(xs[whole + 1]) - a) * rest / 10 if rest else a)
    def shares(r, c):
        names = sorted(set(r) | set(c), key=str)
        return np.array([[np.sum(s == name) for name in names] for s in (r, c)])
    def z(r, c):
        values = sorted(set(r) | set(c))
        if len(values) != 2: return math.nan
        a, b = np.sum(r == values[0]), np.sum(c == values[0])
        n, m = len(r), len(c)
        pool = (a + b) / (n + m)
        return float(2 * stats.norm.sf(abs(a / n - b / m) / math.sqrt(pool * (1 - pool) * (1 / n + 1 / m))))
    def answer(case):
        read = lambda text: pd.read_csv(io.StringIO(text), float_precision="round_trip", keep_default_na=True)
        t, r = read(case["csv"]), read(case["reference"])
        out = {}
        x, rx = t.x.dropna().to_numpy(float), r.x.dropna().to_numpy(float)
        scale = float(np.abs(x).max())
        loss = 1e-12 * scale
        out["x: mean > 0"] = [float(np.mean(x)), 1e-9, loss]
        if len(x) > 1: out["x: std > 0"] = [float(np.std(x, ddof=1)), 1e-9, loss]
        out["x: min > 0"], out["x: max > 0"] = float(x.min()), float(x.max())
        out["x: sum > 0"] = [float(math.fsum(x)), 1e-9, loss * len(x)]
        out["x: median > 0"] = [float(np.median(x)), 1e-9, loss]
        out["x: quantile 10% > 0"] = [float(np.quantile(x, 0.1)), 1e-9, loss]
        out["x: quantile 77% > 0"] = [float(np.quantile(x, 0.77)), 1e-9, loss]
        out["x: not null"] = float(t.x.isna().mean())
        q1, q3 = np.quantile(x, [0.25, 0.75])
        out["x: outliers iqr == 0"] = float(np.mean((x < q1 - 1.5 * (q3 - q1)) | (x > q3 + 1.5 * (q3 - q1))))
        if np.std(x) > 1e-9 * scale:
            out["x: outliers z 1.5 == 0"] = float(np.mean(np.abs(stats.zscore(x)) > 1.5))
        mad = stats.median_abs_deviation(x)
        if mad > 1e-9 * scale:
            out["x: outliers mad 2 == 0"] = float(np.mean(0.6745 * np.abs(x - np.median(x)) / mad > 2))
        out["x: distinct > 0"] = t.x.nunique()
        out["x: entropy > 0"] = [entropy(t.x), 1e-9, 1e-12]
        bad = int(np.sum((x < -0.5) | (x > 1.5)))
        out["x: -0.5..1.5 failing"], out["x: -0.5..1.5 considered"] = bad, len(x)
        out["x: monotonic failing"] = int(np.sum(np.diff(x) < 0))
        # Distances and tests, the reference first.
        edges = np.unique([tenth(np.sort(rx), i) for i in range(1, 10)])
        def bins(v): return np.bincount(np.searchsorted(edges, v, side="left"), minlength=len(edges) + 1) / len(v)
        out["x: drift psi < 0"] = [psi(bins(rx), bins(x)), 1e-9, 1e-12]
        out["x: drift ks p >= 1"] = [float(stats.ks_2samp(rx, x).pvalue), 1e-6, 1e-12]
        both = np.concatenate([rx, x])
        low, high = both.min(), both.max()
        width = high - low
        if width > 1e-9 * scale:
            a, b = (np.histogram(v, bins=30, range=(low, high))[0] / len(v) for v in (rx, x))
            out["x: drift linf < 0"] = [float(np.abs(a - b).max()), 1e-9, 1e-12]
            out["x: drift tvd < 0"] = [float(np.abs(a - b).sum() / 2), 1e-9, 1e-12]
            out["x: drift hellinger < 0"] = [float(np.sqrt(((np.sqrt(a) - np.sqrt(b)) ** 2).sum() / 2)), 1e-9, 1e-8]
        if max(len(np.unique(x)), len(np.unique(rx))) > 20:
            if width > 1e-9 * scale:
                edges2 = np.histogram_bin_edges(both, bins="sturges")
                a, b = (np.histogram(v, bins=edges2)[0] / len(v) for v in (rx, x))
                out["x: drift js < 0"] = [float(jensenshannon(a, b, base=2)), 1e-9, 1e-8]
        else:
            a, b = shares(rx, x)
            out["x: drift js < 0"] = [float(jensenshannon(a, b, base=2)), 1e-9, 1e-8]
        norm = max(float(np.std(rx)), 0.001)
        out["x: drift wasserstein < 0"] = [float(stats.wasserstein_distance(rx, x) / norm), 1e-9, loss / norm]
        out["x: drift energy < 0"] = [float(stats.energy_distance(rx, x)), 1e-9, 1e-7 * math.sqrt(scale)]
        if min(len(x), len(rx)) > 1:
            out["x: drift cramer-von-mises p >= 1"] = [float(stats.cramervonmises_2samp(rx, x).pvalue), 1e-6, 1e-6]
            if max(np.std(x), np.std(rx)) > 1e-9 * scale:
                out["x: drift t p >= 1"] = [float(stats.ttest_ind(rx, x, equal_var=False).pvalue), 1e-6, 1e-12]
        out["x: drift mann-whitney p >= 1"] = [float(stats.mannwhitneyu(rx, x).pvalue), 1e-6, 1e-12]
        out["y: mean > 0"] = [float(t.y.mean()), 1e-9, 1e-12 * float(t.y.abs().max())]
        out["y: median > 0"] = [float(t.y.median()), 1e-9, 1e-12 * float(t.y.abs().max())]
        n, rn = t.n.dropna().to_numpy(float), r.n.dropna().to_numpy(float)
        counts = t.n.value_counts()
        out["n: class balance >= 0%"] = float(counts.min() / counts.max())
        out["n: entropy > 0"] = [entropy(t.n), 1e-9, 1e-12]
        out["n: distinct > 0"] = t.n.nunique()
        out["n: in [0, 2] failing"] = int(np.sum(~np.isin(n, [0, 2])))
        def chi(a, b):
            table = shares(a, b)
            return float(stats.chi2_contingency(table, correction=False).pvalue) if table.shape[1] > 1 else 1.0
        out["n: drift chi2 p >= 1"] = [chi(rn, n), 1e-6, 1e-12]
        c, rc = t.c.dropna().to_numpy(str), r.c.dropna().to_numpy(str)
        counts = t.c.value_counts()
        out["c: distinct > 0"], out["c: entropy > 0"] = t.c.nunique(), [entropy(t.c), 1e-9, 1e-12]
        out["c: class balance >= 0%"] = float(counts.min() / counts.max())
        out["c: share of [red, blue] > 0%"] = float(np.isin(c, ["red", "blue"]).mean())
        out["c: length 1..3 failing"] = int(np.sum(np.char.str_len(c) > 3))
        a, b = (v / v.sum() for v in shares(rc, c))
        out["c: drift psi < 0"] = [psi(a, b), 1e-9, 1e-12]
        out["c: drift js < 0"] = [float(jensenshannon(a, b, base=2)), 1e-9, 1e-8]
        out["c: drift chi2 p >= 1"] = [chi(rc, c), 1e-6, 1e-12]
        out["c: drift tvd < 0"] = [float(np.abs(a - b).sum() / 2), 1e-9, 1e-12]
        out["c: drift linf < 0"] = [float(np.abs(a - b).max()), 1e-9, 1e-12]
        out["c: drift hellinger < 0"] = [float(np.sqrt(((np.sqrt(a) - np.sqrt(b)) ** 2).sum() / 2)), 1e-9, 1e-8]
        out["d: drift z p >= 1"] = [z(r.d.dropna().to_numpy(str), t.d.dropna().to_numpy(str)), 1e-6, 1e-12]
        k = t.k.dropna()
        out["k: unique failing"], out["k: unique considered"] = int(k.duplicated().sum()), len(k)
        # Of the table.
        out["rows change <= 0%"] = (len(t) - len(r)) / len(r)
        for name, columns, rows in [("no duplicates on [c, d]", ["c", "d"], t), ("no duplicates on [c, n]", ["c", "n"], t),
                                    ("no duplicates on [c] where x > 0", ["c"], t[t.x > 0])]:
            rows = rows[columns].dropna(how="all")
            out[name + " failing"], out[name + " considered"] = int(rows.duplicated().sum()), len(rows)
        both = t[["x", "y"]].dropna()
        out["x <= y failing"], out["x <= y considered"] = int((both.x > both.y).sum()), len(both)
        if len(both) > 2 and both.x.std() > 1e-9 * scale and both.y.std() > 1e-9 * float(both.y.abs().max()):
            out["correlation pearson < 0 on [x, y]"] = [abs(float(stats.pearsonr(both.x, both.y).statistic)), 1e-9, 1e-10]
            out["correlation spearman < 0 on [x, y]"] = [abs(float(stats.spearmanr(both.x, both.y).statistic)), 1e-9, 1e-10]
        table = pd.crosstab(t.c, t.d).to_numpy()
        if min(table.shape) > 1:
            out["correlation cramer < 0 on [c, d]"] = [float(stats.contingency.association(table, method="cramer", correction=False)), 1e-9, 1e-10]
        pair = t[["c", "y"]].dropna()
        if len(pair) and pair.y.std() > 1e-9 * float(pair.y.abs().max()):
            means = pair.groupby("c").y.transform("mean")
            eta = math.sqrt(float(((means - pair.y.mean()) ** 2).sum() / ((pair.y - pair.y.mean()) ** 2).sum()))
            out["correlation eta < 0 on [c, y]"] = [eta, 1e-9, 1e-7]
        some = t[t.d == "u"].x.dropna()
        out["x: mean > 0 where d == 'u'"] = [float(some.mean()) if len(some) else math.nan, 1e-9, loss]
        some = t[(t.n <= 1) & (t.x > 0)].y.dropna()
        out["y: median > 0 where n <= 1 and x > 0"] = [float(some.median()) if len(some) else math.nan, 1e-9, 1e-12 * float(t.y.abs().max())]
        return out
    """#
}
