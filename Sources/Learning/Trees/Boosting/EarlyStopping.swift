/// Ends boosting when the last metric of the last evaluation set has not improved for some rounds.
package struct EarlyStopping: Sendable, Hashable {
  /// Rounds to wait.
  package var rounds: Int
  /// How much better a score must be to count.
  package var leastChange = 0.0
  /// The evaluation set that is watched; nil for the last one.
  package var set: String?
  /// The metric that is watched; nil for the last one.
  package var metric: TreeMetric?
  /// Whether rounds after the best one are dropped from the model.
  package var keepsBestOnly = true

  package init(rounds: Int) { self.rounds = rounds }
}
