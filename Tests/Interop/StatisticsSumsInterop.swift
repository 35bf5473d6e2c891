import Compute
import Formats
import Testing

@Suite("Exact sums against Python's fractions") struct StatisticsSumsInterop {
  private typealias Numbers = StatisticsComparison

  @Test("sums, means, variances and deviations are the nearest doubles, 600 columns")
  func moments() throws {
    var generator = StatisticsGenerator(seed: 11)
    let cases = (0..<600).map { number in
      let kind = StatisticsGenerator.Kind.allCases[number % 10]
      let count = generator.pick([1, 2, 3, 7, 30, 300])
      let weights = (0..<count).map { _ in generator.pick([0, 1, 1, 2, 1_000_003, 1 << 40]) }
      return JSONValue.object([
        .init("x", Numbers.list(generator.column(kind, count))),
        .init("w", number % 3 == 0 ? Numbers.list(weights) : .null),
      ])
    }
    try Numbers.compare(cases, Self.momentAnswer) { example in
      let numbers = Numbers.doubles(example, "x")
      var moments = Moments()
      var sum = ExactSum()
      if example["w"]?.array != nil {
        for (x, count) in zip(numbers, Numbers.integers(example, "w")) {
          moments.add(x, times: count)
          sum.add(x, times: count)
        }
      } else {
        // In three parts, the last one first.
        for part in [numbers.dropFirst(10), numbers.prefix(10).dropFirst(4), numbers.prefix(4)] {
          moments.merge(Moments(Array(part)))
          sum.merge(ExactSum(Array(part)))
        }
      }
      return [
        "sum": sum.value, "sum2": moments.sum, "mean": moments.mean,
        "squares": moments.sumOfSquares, "var0": moments.variance(freedomsLost: 0),
        "var1": moments.variance(freedomsLost: 1), "std0": moments.deviation(freedomsLost: 0),
        "std1": moments.deviation(freedomsLost: 1), "fsum": sum.value, "np_mean": moments.mean,
        "np_std": moments.deviation(freedomsLost: 0),
        "np_var": moments.variance(freedomsLost: 1),
      ]
    }
  }

  @Test("long columns, added at once and one by one") func long() throws {
    var generator = StatisticsGenerator(seed: 12)
    let cases = StatisticsGenerator.Kind.allCases.map { kind in
      JSONValue.object([.init("x", Numbers.list(generator.column(kind, 6000))), .init("w", .null)])
    }
    try Numbers.compare(cases, Self.momentAnswer) { example in
      let numbers = Numbers.doubles(example, "x")
      let moments = Moments(numbers)
      var single = Moments()
      for x in numbers { single.add(x) }
      #expect(single == moments)
      return [
        "sum": ExactSum(numbers).value, "sum2": moments.sum, "mean": moments.mean,
        "squares": moments.sumOfSquares, "var0": moments.variance(freedomsLost: 0),
        "var1": moments.variance(freedomsLost: 1), "std0": moments.deviation(freedomsLost: 0),
        "std1": moments.deviation(freedomsLost: 1), "fsum": ExactSum(numbers).value,
        "np_mean": moments.mean, "np_std": moments.deviation(freedomsLost: 0),
        "np_var": moments.variance(freedomsLost: 1),
      ]
    }
  }

  @Test("correlations, covariances and lines, 400 pairs of columns") func pairs() throws {
    var generator = StatisticsGenerator(seed: 13)
    let kinds = StatisticsGenerator.Kind.allCases
    let cases = (0..<400).map { number in
      let count = generator.pick([1, 2, 3, 10, 100])
      let x = generator.column(kinds[number % 10], count)
      let noise = generator.column(kinds[number / 10 % 10], count)
      // Nearly on a line in some.
      let y = number % 4 == 0 ? zip(x, noise).map { 2 * $0 + $1 * 1e-9 } : noise
      let weights = (0..<count).map { _ in generator.pick([0, 1, 2, 1 << 40]) }
      return JSONValue.object([
        .init("x", Numbers.list(x)), .init("y", Numbers.list(y.map { $0.isFinite ? $0 : 1 })),
        .init("w", number % 5 == 0 ? Numbers.list(weights) : .null),
      ])
    }
    try Numbers.compare(cases, Self.pairAnswer) { example in
      let (x, y) = (Numbers.doubles(example, "x"), Numbers.doubles(example, "y"))
      var pairs = CoMoments()
      if example["w"]?.array != nil {
        for (place, count) in Numbers.integers(example, "w").enumerated() {
          pairs.add(x[place], y[place], times: count)
        }
      } else {
        let half = x.count / 2
        pairs.merge(CoMoments(Array(x[half...]), Array(y[half...])))
        pairs.merge(CoMoments(Array(x[..<half]), Array(y[..<half])))
      }
      let difference = Moments(x).meanDifference(from: Moments(y))
      return [
        "pearson": pairs.pearson, "cov0": pairs.covariance(freedomsLost: 0),
        "cov1": pairs.covariance(freedomsLost: 1), "slope": pairs.line.slope,
        "intercept": pairs.line.intercept, "difference": difference, "np": pairs.pearson,
        "np_cov": pairs.covariance(freedomsLost: 1),
      ]
    }
  }

  private static let momentAnswer = #"""
    def answer(case):
        xs = column(case, "x")
        w = case["w"] or [1] * len(xs)
        n = sum(w)
        s = sum(Fraction(x) * k for x, k in zip(xs, w))
        q = sum(Fraction(x) ** 2 * k for x, k in zip(xs, w))
        out = {"sum": rounded(s), "sum2": rounded(s), "squares": rounded(q)}
        out["mean"] = rounded(s / n) if n else math.nan
        for d in (0, 1):
            v = (q * n - s * s) / (n * (n - d)) if n > d else None
            out["var%d" % d] = math.nan if v is None else rounded(v)
            out["std%d" % d] = math.nan if v is None else rounded(root(v))
        out = {name: [value, 0] for name, value in out.items()}
        if case["w"] is None:
            try: out["fsum"] = [math.fsum(xs), 0]
            except OverflowError: pass
            scale = max(map(abs, xs))
            # Where numpy itself has so many digits.
            spread = float(np.std(xs))
            if 1e-100 < scale < 1e100 and spread > 0.01 * scale:
                out["np_mean"] = [float(np.mean(xs)), 1e-12, 1e-12 * scale]
                out["np_std"] = [float(np.std(xs)), 1e-12]
                if len(xs) > 1: out["np_var"] = [float(np.var(xs, ddof=1)), 1e-12]
        return out
    """#

  private static let pairAnswer = #"""
    def answer(case):
        xs, ys = column(case, "x"), column(case, "y")
        w = case["w"] or [1] * len(xs)
        n = sum(w)
        def total(f): return sum(f(Fraction(x), Fraction(y)) * k for x, y, k in zip(xs, ys, w))
        sx, sy = total(lambda x, y: x), total(lambda x, y: y)
        a = total(lambda x, y: x * x) * n - sx * sx
        b = total(lambda x, y: y * y) * n - sy * sy
        c = total(lambda x, y: x * y) * n - sx * sy
        out = {}
        if a and b:
            r = root(c * c / (a * b))
            out["pearson"] = [rounded(r if c > 0 else -r), 2.3e-16]
        else: out["pearson"] = math.nan
        for d in (0, 1):
            out["cov%d" % d] = [rounded(c / (n * (n - d))) if n > d else math.nan, 0]
        out["slope"] = [rounded(c / a) if a else math.nan, 2.3e-16, 5e-324]
        out["intercept"] = [rounded((sy - c / a * sx) / n) if a else math.nan, 2.3e-16, 5e-324]
        mx, my = (sum(map(Fraction, v)) / len(v) for v in (xs, ys))
        out["difference"] = [rounded(mx - my), 0]
        scale = max(map(abs, xs + ys))
        if case["w"] is None and 1e-50 < scale < 1e50 and min(np.std(xs), np.std(ys)) > 1e-3 * scale and len(xs) > 2:
            out["np"] = [float(np.corrcoef(xs, ys)[0, 1]), 1e-9, 1e-12]
            out["np_cov"] = [float(np.cov(xs, ys)[0, 1]), 1e-9, 1e-9 * scale * scale]
        return out
    """#
}
