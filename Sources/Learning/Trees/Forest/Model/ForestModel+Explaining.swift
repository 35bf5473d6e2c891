import Compute

extension ForestModel {
  /// Shares of the probability of each class, or of the number.
  package func explain(
    _ table: Table, rows: Range<Int>?, on pool: WorkerPool
  ) throws -> TableExplanation {
    let (matrix, notes) = try ModelColumns(features: forest.features).matrix(of: table)
    let shares = try ForestExplanation(forest).shares(matrix, rows: rows, on: pool)
    return try TableExplanation(
      of: table, rows: rows, features: features, outputs: classes, shares: shares, notes: notes)
  }
}
