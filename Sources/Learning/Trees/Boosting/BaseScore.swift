import Platform

/// Base scores as users give them: predictions, not margins.
enum BaseScore {
  /// - Throws: ``Failure`` when no margin gives that prediction.
  static func margin(_ score: Double, _ objective: Objective) throws -> Double {
    guard score.isFinite else { throw Failure(.invalid, "`base_score` is \(score)") }
    switch objective {
    case .logistic:
      guard score > 0, score < 1 else {
        throw Failure(
          .invalid, "`base_score` is \(score)", hint: "it is a probability: between 0 and 1")
      }
      return Elementary8.logarithm(score / (1 - score))
    case .poisson:
      guard score > 0 else {
        throw Failure(.invalid, "`base_score` is \(score)", hint: "it is a mean: more than 0")
      }
      return Elementary8.logarithm(score)
    case .squaredError, .absoluteError, .quantile, .huber, .pseudoHuber, .softmax, .rankNDCG:
      return score
    }
  }
}
