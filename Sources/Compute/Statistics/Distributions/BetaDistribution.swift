/// The beta distribution, which has the bounds of proportions.
package enum BetaDistribution {
  /// P(X <= x): I_x(a, b). NaN for x outside of 0...1, and for a or b that is not positive.
  package static func cdf(_ x: Double, _ a: Double, _ b: Double) -> Double {
    IncompleteBeta.tails(x, a, b).lower
  }

  /// P(X > x).
  package static func survival(_ x: Double, _ a: Double, _ b: Double) -> Double {
    IncompleteBeta.tails(x, a, b).upper
  }

  /// The x with P(X <= x) = p; NaN for p outside of 0...1, and for a or b that is not positive.
  package static func quantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
    parts(p, a, b).x
  }

  /// The x with P(X > x) = p.
  package static func upperQuantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
    parts(p, b, a).rest
  }

  /// The quantile x, and 1 - x with all its digits.
  private static func parts(_ p: Double, _ a: Double, _ b: Double) -> (x: Double, rest: Double) {
    guard p >= 0, p <= 1, a > 0, b > 0 else { return (.nan, .nan) }
    if p == 0 || p == 1 { return (p, 1 - p) }
    if cdf(0.5, a, b) >= p {
      let x = root { cdf($0, a, b) >= p }
      return (x, 1 - x)
    }
    let rest = root { survival($0, b, a) <= p }
    return (1 - rest, rest)
  }

  /// The smallest number in 0...½ for which a condition holds that holds from there on: a bisection
  /// over doubles, which are ordered as their bits are.
  private static func root(_ holds: (Double) -> Bool) -> Double {
    var (low, high) = (0 as UInt64, (0.5).bitPattern)
    while high - low > 1 {
      let middle = (low + high) / 2
      if holds(Double(bitPattern: middle)) { high = middle } else { low = middle }
    }
    return Double(bitPattern: high)
  }
}
