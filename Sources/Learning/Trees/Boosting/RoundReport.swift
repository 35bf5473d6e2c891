/// What is known after a round of boosting.
package struct RoundReport: Sendable, Hashable {
  /// Counted from 0.
  package var round: Int
  /// Each metric of each evaluation set, in their order.
  package var scores: [Score]
  /// Whether early stopping ends the training here.
  package var isLast: Bool

  package struct Score: Sendable, Hashable {
    package var set: String
    package var metric: TreeMetric
    package var value: Double
  }
}
