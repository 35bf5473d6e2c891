import Compute

/// The figures of a model that every trainer reports, by name, in the order to show them.
///
/// Of classes: `accuracy`, `log_loss`; `f1` and `auc`, both of the second class, when there are two,
/// else `f1_macro`, the mean over the classes. Of numbers: `rmse`, `mae`, `r2`.
package struct ModelScores: Sendable {
  package private(set) var values: [(name: String, value: Double)] = []

  package init(_ probabilities: Matrix, labels: [Int32], weights: [Double]? = nil) {
    let scores = ProbabilityScores(probabilities, labels: labels, weights: weights)
    let table = ClassTable(
      actual: labels, predicted: Self.likeliest(probabilities),
      classCount: probabilities.columns, weights: weights)
    values = [("accuracy", table.accuracy), ("log_loss", scores.logLoss)]
    if probabilities.columns == 2 {
      values += [("f1", table.f1(.of(class: 1))), ("auc", scores.area)]
    } else {
      values.append(("f1_macro", table.f1(.macro)))
    }
    // One class only has no curve, and no rows no figures at all.
    values.removeAll { $0.value.isNaN }
  }

  package init(numbers: [Double], actual: [Double], weights: [Double]? = nil) {
    let errors = NumberErrors(actual: actual, predicted: numbers, weights: weights)
    values = [
      ("rmse", errors.rootMeanSquared), ("mae", errors.meanAbsolute), ("r2", errors.r2),
    ]
    values.removeAll { $0.value.isNaN }
  }

  /// The likeliest class of each row; the first one on a tie.
  static func likeliest(_ probabilities: Matrix) -> [Int32] {
    (0..<probabilities.rows).map { row in
      var best = 0
      for k in 1..<probabilities.columns where probabilities[row, k] > probabilities[row, best] {
        best = k
      }
      return Int32(best)
    }
  }
}
