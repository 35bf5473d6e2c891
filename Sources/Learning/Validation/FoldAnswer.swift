import Compute

/// What a model that learnt from one fold says of the rows that it was not shown.
package struct FoldAnswer: Sendable {
  package var predictions: Predictions
  /// Figures of its own in place of the usual ones; such as NDCG of a ranking.
  package var scores: [(name: String, value: Double)]?
  /// How many rounds were best, when stopping early decided.
  package var rounds: Int?

  package enum Predictions: Sendable {
    /// A row for each row of the fold's test part, a column for each class.
    case probabilities(Matrix)
    case numbers([Double])
  }

  package init(
    _ predictions: Predictions, scores: [(name: String, value: Double)]? = nil, rounds: Int? = nil
  ) {
    self.predictions = predictions
    self.scores = scores
    self.rounds = rounds
  }
}
