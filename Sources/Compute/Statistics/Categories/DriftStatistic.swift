/// How Evidently measures drift of a column when it is not told how.
package enum DriftStatistic: String, Sendable, Hashable, CaseIterable {
  /// p of Kolmogorov and Smirnov's test.
  case kolmogorovSmirnov
  /// p of the chi squared test.
  case chiSquared
  /// p of the z test of two proportions.
  case proportions
  /// Wasserstein's distance over the reference's standard deviation.
  case normedWasserstein
  /// The Jensen-Shannon distance.
  case jensenShannon

  /// Evidently's choice (0.7): tests up to 1,000 rows of the reference, distances beyond.
  ///
  /// - Parameters:
  ///   - referenceRows: rows of the reference sample, missing values left out.
  ///   - distinct: different values in both samples together.
  package static func automatic(referenceRows: Int, distinct: Int, isNumeric: Bool)
    -> DriftStatistic
  {
    let isContinuous = isNumeric && distinct > 5
    if referenceRows > 1000 { return isContinuous ? .normedWasserstein : .jensenShannon }
    if isContinuous { return .kolmogorovSmirnov }
    return distinct > 2 ? .chiSquared : .proportions
  }

  /// Whether drift is a small number, a p value, and not a large one.
  package var isTest: Bool {
    switch self {
    case .kolmogorovSmirnov, .chiSquared, .proportions: true
    case .normedWasserstein, .jensenShannon: false
    }
  }
}
