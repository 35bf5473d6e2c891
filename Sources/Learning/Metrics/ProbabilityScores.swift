import Compute

/// How good predicted probabilities are, by scikit-learn's definitions.
package struct ProbabilityScores: Sendable {
  /// A row for each row, a column for each class.
  let probabilities: Matrix
  let labels: [Int32]
  let weights: [Double]?

  package init(_ probabilities: Matrix, labels: [Int32], weights: [Double]? = nil) {
    precondition(probabilities.rows == labels.count, "a label for each row")
    self.probabilities = probabilities
    self.labels = labels
    self.weights = weights
  }

  /// The mean of -ln(probability of the true class), see ``logLoss(_:labels:)``.
  package var logLoss: Double {
    guard let weights else { return Learning.logLoss(probabilities, labels: labels) }
    var (sum, total) = (0.0, 0.0)
    for (row, label) in labels.enumerated() {
      let loss = -naturalLogarithm(max(probabilities[row, Int(label)], .ulpOfOne))
      sum += loss * weights[row]
      total += weights[row]
    }
    return sum / total
  }

  /// The mean squared error of the probabilities: of the second class when there are two, of all
  /// classes added up when there are more.
  package var brier: Double {
    var (sum, total) = (0.0, 0.0)
    for (row, label) in labels.enumerated() {
      let weight = weights?[row] ?? 1
      var squares = 0.0
      for column in 0..<probabilities.columns {
        let miss = probabilities[row, column] - (column == Int(label) ? 1 : 0)
        squares += miss * miss
      }
      sum += weight * (probabilities.columns == 2 ? squares / 2 : squares)
      total += weight
    }
    return sum / total
  }

  /// The area under the receiver operating characteristic: of the second class when there are two,
  /// else the mean of each class against the rest. NaN when a class does not occur.
  package var area: Double {
    if probabilities.columns == 2 { return curve(of: 1).area }
    let areas = (0..<probabilities.columns).map { curve(of: $0).area }
    return areas.reduce(0, +) / Double(areas.count)
  }

  /// A class against all others.
  package func curve(of column: Int) -> RankingCurve {
    RankingCurve(
      scores: labels.indices.map { probabilities[$0, column] },
      isPositive: labels.map { Int($0) == column }, weights: weights)
  }
}
