import Compute
import Formats
import Testing

@Suite("Distributions against mpmath and scipy") struct StatisticsDistributionsInterop {
  private typealias Numbers = StatisticsComparison

  @Test("the normal distribution, 300 numbers in all tails") func normal() throws {
    var generator = StatisticsGenerator(seed: 21)
    let fixed = [0.0, 1, 0.99999, 1.00001, 5, 38, 38.4, 38.6, 45, 1e-300, 1e300, .infinity]
    let cases = (0..<300).map { number -> JSONValue in
      let z = number < fixed.count ? fixed[number] : 12 * generator.bell()
      let p =
        number % 3 == 0
        ? generator.unit()
        : Double(sign: .plus, exponent: -generator.integer(1...1074), significand: 1)
      return .object([.init("z", .double(z)), .init("p", .double(p))])
    }
    try Numbers.compare(cases, Self.normalAnswer) { example in
      let (z, p) = (Numbers.number(example, "z"), Numbers.number(example, "p"))
      return [
        "sf": NormalDistribution.survival(z), "cdf": NormalDistribution.cdf(z),
        "ppf": NormalDistribution.quantile(p), "ppf1": NormalDistribution.quantile(1 - p),
        "sp_sf": NormalDistribution.survival(z), "sp_ppf": NormalDistribution.quantile(p),
      ]
    }
  }

  @Test("Student's t, chi squared and F, 500 numbers each") func tails() throws {
    var generator = StatisticsGenerator(seed: 22)
    let freedoms = [1.0, 2, 2.5, 3, 7.3, 10, 100, 1234.5, 1e5, 1e7, 1e9]
    let cases = (0..<500).map { number -> JSONValue in
      let freedom = generator.pick(freedoms)
      let within = generator.pick(freedoms)
      let near = 1 + generator.bell() * 3 / freedom.squareRoot()
      return .object([
        .init("t", .double(generator.bell() * generator.pick([0.01, 1, 5, 30, 1e5]))),
        .init("freedom", .double(freedom)), .init("within", .double(within)),
        .init("x", .double(max(0, freedom * (number % 4 == 0 ? generator.unit() * 5 : near)))),
        .init("f", .double(abs(number % 4 == 0 ? generator.unit() * 9 : near))),
      ])
    }
    try Numbers.compare(cases, Self.tailAnswer) { example in
      let (t, freedom) = (Numbers.number(example, "t"), Numbers.number(example, "freedom"))
      let (x, f) = (Numbers.number(example, "x"), Numbers.number(example, "f"))
      let within = Numbers.number(example, "within")
      let chi = ChiSquaredDistribution.survival(x, freedom: freedom)
      let student = StudentDistribution.twoSided(t, freedom: freedom)
      let fisher = FDistribution.survival(f, between: freedom, within: within)
      return [
        "t": student, "t_sf": StudentDistribution.survival(t, freedom: freedom), "chi": chi,
        "chi_cdf": ChiSquaredDistribution.cdf(x, freedom: freedom), "f": fisher, "mp_t": student,
        "mp_chi": chi, "mp_f": fisher,
      ]
    }
  }

  @Test("beta and binomial, 300 numbers") func beta() throws {
    var generator = StatisticsGenerator(seed: 23)
    let cases = (0..<300).map { number -> JSONValue in
      let trials = generator.pick([1, 5, 40, 1000, 100_000])
      return .object([
        .init("a", .double(generator.pick([0.5, 1, 2, 7.25, 100, 4000]))),
        .init("b", .double(generator.pick([0.5, 1, 3, 20, 1000]))),
        .init("x", .double(number % 5 == 0 ? generator.unit() * 1e-6 : generator.unit())),
        .init("p", .double(generator.pick([0.025, 0.975, 1e-10, 0.5, generator.unit()]))),
        .init("n", .int(Int64(trials))),
        .init("k", .int(Int64(generator.integer(0...trials)))),
      ])
    }
    try Numbers.compare(cases, Self.betaAnswer) { example in
      let (a, b) = (Numbers.number(example, "a"), Numbers.number(example, "b"))
      let (x, p) = (Numbers.number(example, "x"), Numbers.number(example, "p"))
      return [
        "cdf": BetaDistribution.cdf(x, a, b), "sf": BetaDistribution.survival(x, a, b),
        "ppf": BetaDistribution.quantile(p, a, b), "isf": BetaDistribution.upperQuantile(p, a, b),
        "binom": BinomialDistribution.cdf(
          Numbers.integer(example, "k"), trials: Numbers.integer(example, "n"), chance: x),
      ]
    }
  }

  @Test("Kolmogorov, Smirnov, Cramér and von Mises, 400 numbers") func distances() throws {
    var generator = StatisticsGenerator(seed: 24)
    let cases = (0..<400).map { number -> JSONValue in
      // Large ones take long in a debug build.
      let sizes = [1, 2, 3, 5, 10, 60, 139, 141, 200, 1000]
      let n = number % 40 == 0 ? generator.pick([6000, 90_000, 200_000]) : generator.pick(sizes)
      let z = number % 3 == 0 ? 0.3 + generator.unit() : generator.unit() * 4
      return .object([
        .init("x", .double(z)), .init("n", .int(Int64(n))),
        .init("d", .double(min(1, z / Double(n).squareRoot()))),
        .init("w", .double(generator.unit() * generator.pick([0.1, 1, 3]))),
      ])
    }
    try Numbers.compare(cases, Self.distanceAnswer) { example in
      let (n, d) = (Numbers.integer(example, "n"), Numbers.number(example, "d"))
      let w = CramerVonMisesDistribution.survival(Numbers.number(example, "w"))
      return [
        "limit": KolmogorovDistribution.survival(Numbers.number(example, "x")),
        "kstwo": KolmogorovDistribution.survival(d, rows: n),
        "ksone": SmirnovDistribution.survival(d, rows: n), "cvm": w, "mp_cvm": w,
      ]
    }
  }

  private static let normalAnswer = #"""
    import mpmath as mp
    mp.mp.dps = 40
    def ppf(p):
        "By Newton's method from scipy's."
        z = mp.mpf(stats.norm.ppf(p))
        for _ in range(3): z -= (mp.ncdf(z) - mp.mpf(p)) / mp.npdf(z)
        return float(z)
    def upper(z): return float(mp.erfc(z / mp.sqrt(2)) / 2) if z < 100 else 0.0
    def answer(case):
        z, p = float(case["z"]), float(case["p"])
        q = 1 - p
        out = {
            "sf": [upper(mp.mpf(z)), 1e-14, 5e-324], "cdf": [upper(-mp.mpf(z)), 1e-14, 5e-324],
            "ppf": [ppf(p), 5e-15, 1e-300],
            "sp_sf": [float(stats.norm.sf(z)), 1e-12, 1e-305],
            "sp_ppf": [float(stats.norm.ppf(p)), 1e-12],
        }
        if 0 < q < 1: out["ppf1"] = [ppf(q), 5e-15, 1e-300]
        return out
    """#

  private static let tailAnswer = #"""
    import mpmath as mp
    mp.mp.dps = 30
    def lower(x, y, a, b):
        "The incomplete beta function in 30 digits, by DiDonato's and Morris' continued fraction."
        distance = a * y - b * x
        value = c = a * (distance + 1) / (a + 1)
        d = mp.mpf(0)
        for m in range(1, 20000):
            odd = a + 2 * m - 1
            part = m * (b - m) * x / odd
            above = part * (a + m - 1) / odd * (a + b + m - 1) * x
            below = m + part + (a + m) * (distance + 1 + m * (1 + y)) / (a + 2 * m + 1)
            d = 1 / (below + above * d)
            c = below + above / c
            value *= c * d
            if abs(c * d - 1) < 1e-22: break
        factor = a * mp.log(x) + b * mp.log(y) + mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b)
        return mp.exp(factor) / value
    def beta_tail(x, y, a, b):
        return float(lower(x, y, a, b) if x < (a + 1) / (a + b + 2) else 1 - lower(y, x, b, a))
    def answer(case):
        t, v, w, x, f = (case[k] for k in ("t", "freedom", "within", "x", "f"))
        tiny = 1e-300
        out = {
            "t": [float(2 * stats.t.sf(abs(t), v)), 1e-9, tiny],
            "t_sf": [float(stats.t.sf(t, v)), 1e-9, tiny],
            "chi": [float(stats.chi2.sf(x, v)), 1e-9, tiny],
            "chi_cdf": [float(stats.chi2.cdf(x, v)), 1e-9, tiny],
            # scipy 1.17 has fewer digits there.
            "f": [float(stats.f.sf(f, v, w)), 1e-7 if max(v, w) > 1e8 else 1e-9, tiny],
        }
        a, b = mp.mpf(v) / 2, mp.mpf(w) / 2
        s, r = mp.mpf(t) ** 2, v * mp.mpf(f)
        if t: out["mp_t"] = [beta_tail(v / (v + s), s / (v + s), a, mp.mpf(0.5)), 2e-13, tiny]
        if v <= 2000:
            out["mp_t"] = [float(mp.betainc(a, 0.5, 0, v / (v + s), regularized=True)), 2e-13, tiny]
            out["mp_chi"] = [float(mp.gammainc(a, mp.mpf(x) / 2, regularized=True)), 2e-13, tiny]
        if max(v, w) <= 2000:
            out["mp_f"] = [float(mp.betainc(b, a, 0, w / (w + r), regularized=True)), 2e-13, tiny]
        elif f: out["mp_f"] = [beta_tail(w / (w + r), r / (w + r), b, a), 1e-11, tiny]
        return out
    """#

  private static let betaAnswer = #"""
    import mpmath as mp
    mp.mp.dps = 30
    def answer(case):
        a, b, x, p, n, k = (case[name] for name in ("a", "b", "x", "p", "n", "k"))
        tiny = 1e-290
        out = {
            "cdf": [float(stats.beta.cdf(x, a, b)), 1e-9, tiny],
            "sf": [float(stats.beta.sf(x, a, b)), 1e-9, tiny],
            "ppf": [float(stats.beta.ppf(p, a, b)), 1e-9],
            "isf": [float(stats.beta.isf(p, a, b)), 1e-9],
            "binom": [float(stats.binom.cdf(k, n, x)), 1e-9, tiny],
        }
        # scipy 1.17 finds other roots for some small probabilities.
        for name, found in (("ppf", stats.beta.cdf), ("isf", stats.beta.sf)):
            if abs(found(out[name][0], a, b) - p) > 1e-10 * p: del out[name]
        return out
    """#

  private static let distanceAnswer = #"""
    import mpmath as mp
    mp.mp.dps = 30
    def tail(x):
        "Smirnov's formula, its first term."
        f = lambda u: mp.exp(-x * u * u / 2) / mp.sqrt(-u * mp.sin(u))
        return float(2 / mp.pi * mp.quad(f, [mp.pi, 1.5 * mp.pi, 2 * mp.pi]))
    def body(x):
        "Csörgő's and Faraway's equation 1.3, without end."
        def term(k):
            q = mp.mpf(4 * k + 1) ** 2 / (16 * x)
            return mp.gamma(k + 0.5) / mp.factorial(k) * mp.sqrt(4 * k + 1) * mp.exp(-q) * mp.besselk(0.25, q)
        return float(1 - sum(term(k) for k in range(14)) / (mp.pi ** 1.5 * mp.sqrt(x)))
    def answer(case):
        x, n, d, w = (case[name] for name in ("x", "n", "d", "w"))
        return {
            "limit": [float(special.kolmogorov(x)), 1e-12],
            "kstwo": [float(stats.kstwo.sf(d, n)), 1e-9, 1e-12],
            "ksone": [float(stats.ksone.sf(d, n)), 1e-10],
            "cvm": [float(1 - stats._hypotests._cdf_cvm_inf(w)), 0, 2e-7],
            "mp_cvm": [body(mp.mpf(w)) if w < 1.2 else tail(mp.mpf(w)), 2e-12],
        }
    """#
}
