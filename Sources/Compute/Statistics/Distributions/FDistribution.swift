/// Fisher's distribution of a ratio of two mean squares.
package enum FDistribution {
  /// P(F > f): I_x(within/2, between/2) with x = within / (within + between·f). NaN for a negative
  /// or NaN f, and without degrees of freedom.
  ///
  /// - Parameters:
  ///   - between: degrees of freedom of the numerator.
  ///   - within: degrees of freedom of the denominator.
  package static func survival(_ f: Double, between: Double, within: Double) -> Double {
    guard f >= 0, between > 0, within > 0 else { return .nan }
    if f == .infinity { return 0 }
    let product = DoubleDouble(product: between, f)
    let whole = product + within
    return IncompleteBeta.tails(
      DoubleDouble(within) / whole, product / whole, within / 2, between / 2
    ).lower
  }
}
