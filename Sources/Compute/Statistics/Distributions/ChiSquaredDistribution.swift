/// The distribution of a sum of squares of independent standard normal numbers.
package enum ChiSquaredDistribution {
  /// P(X > x): Q(freedom/2, x/2). NaN for a negative or NaN x, and without a degree of freedom.
  package static func survival(_ x: Double, freedom: Double) -> Double {
    IncompleteGamma.tails(freedom / 2, x / 2).upper
  }

  /// P(X <= x).
  package static func cdf(_ x: Double, freedom: Double) -> Double {
    IncompleteGamma.tails(freedom / 2, x / 2).lower
  }
}
