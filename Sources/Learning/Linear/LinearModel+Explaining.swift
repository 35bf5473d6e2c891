import Compute

extension LinearModel {
  /// Shares of the number that is predicted.
  package func explain(
    _ table: Table, rows: Range<Int>?, on pool: WorkerPool
  ) throws -> TableExplanation {
    try LinearExplanation(encoder: encoder, weights: [coefficients + [intercept]])
      .explain(table, rows: rows, outputs: [], on: pool)
  }
}

extension LogisticModel {
  /// Shares of the log odds of the second of two classes, or of the score of each of several, whose
  /// softmax is its probability.
  package func explain(
    _ table: Table, rows: Range<Int>?, on pool: WorkerPool
  ) throws -> TableExplanation {
    try LinearExplanation(
      encoder: encoder, weights: (0..<weights.rows).map { Array(weights.row($0)) }
    )
    .explain(table, rows: rows, outputs: classes.count > 2 ? classes : [], on: pool)
  }
}
