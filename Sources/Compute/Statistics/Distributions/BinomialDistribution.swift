/// How many of some trials succeed.
package enum BinomialDistribution {
  /// P(X <= k) of `trials` with the chance `p`: I_(1-p)(trials - k, k + 1). NaN for a chance outside
  /// of 0...1.
  package static func cdf(_ k: Int, trials: Int, chance p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    if k < 0 { return 0 }
    if k >= trials { return 1 }
    return IncompleteBeta.tails(p, Double(k + 1), Double(trials - k)).upper
  }
}
