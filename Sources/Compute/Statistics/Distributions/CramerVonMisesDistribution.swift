/// The distribution of Cramér's and von Mises' statistic for samples without end: of the integral of
/// the squared distance between an empirical distribution function and the true one, times n.
package enum CramerVonMisesDistribution {
  /// P(W² > x), to 12 digits also where it is small; NaN for NaN.
  package static func survival(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x <= 0.003 { return 1 }
    return x < 1 ? max(0, 1 - body(x)) : tail(x)
  }

  /// P(W² <= x) by S. Csörgő's and J. J. Faraway's (1996) equation 1.3:
  /// 1/(π^1.5·√x)·Σ Γ(k + ½)/k!·√(4k + 1)·e^-q·K(q) with q = (4k + 1)²/(16x) and Bessel's function K
  /// of the order ¼.
  private static func body(_ x: Double) -> Double {
    var sum = 0.0
    // Γ(k + ½) / k!.
    var weight = Double.pi.squareRoot()
    for k in 0..<40 {
      if k > 0 { weight *= (Double(k) - 0.5) / Double(k) }
      let y = 4 * Double(k) + 1
      let term = weight * y.squareRoot() * scaledBessel(y * y / (16 * x))
      sum += term
      if term < sum * 0x1p-60 { break }
    }
    return sum / (Double.pi * (Double.pi * x).squareRoot())
  }

  /// e^-q·K(q): the integral of e^(-2q·cosh²(t/2))·cosh(t/4) over t >= 0 by the trapezoidal rule,
  /// which is exact to the last digits for a step so small.
  private static func scaledBessel(_ q: Double) -> Double {
    let step = min(0.2, 0.6 / q.squareRoot())
    var sum = 0.5
    for n in 1... {
      let quarter = Elementary.exponential(Double(n) * step / 4)
      let half = quarter * quarter
      let sinh = (half - 1 / half) / 2
      // cosh²(t/2) is 1 + sinh²(t/2).
      let exponent = 2 * q * sinh * sinh
      if exponent > 45 { break }
      sum += Elementary.exponential(-exponent) * (quarter + 1 / quarter) / 2
    }
    return sum * step * Elementary.exponential(-2 * q)
  }

  /// P(W² > x) by N. V. Smirnov's (1937) formula: (2/π)·∫ e^(-xu²/2) / √(-u·sin u) du over π...2π. The
  /// later terms, over 3π...4π and on, have less than e^(-4π²x) of it.
  ///
  /// Both ends are of the kind 1/√: u = π + πw with w = 1/(1 + e^(-π·sinh t)) and the trapezoidal
  /// rule in t (H. Takahasi and M. Mori, 1974).
  private static func tail(_ x: Double) -> Double {
    if x > 160 { return 0 }
    let step = 1 / 32.0
    var sum = 0.0
    for n in -120...120 {
      let t = Double(n) * step
      let grown = Elementary.exponential(t)
      let (sinh, cosh) = ((grown - 1 / grown) / 2, (grown + 1 / grown) / 2)
      // w and 1 - w, each with its digits.
      let (low, high) = (
        Elementary.exponential(Double.pi * sinh), Elementary.exponential(-Double.pi * sinh)
      )
      let (w, rest) = (1 / (1 + high), 1 / (1 + low))
      guard w > 0, rest > 0 else { continue }
      let u = Double.pi * (1 + w)
      let value =
        Elementary.exponential(-x * u * u / 2)
        / (u * Elementary.sine(Double.pi * min(w, rest))).squareRoot()
      sum += value * cosh * w * rest
    }
    // du = π dw, and dw = π·cosh t·w·(1 - w) dt.
    return sum * step * Double.pi * 2
  }
}
