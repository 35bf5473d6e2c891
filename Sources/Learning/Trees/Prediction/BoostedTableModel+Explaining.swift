import Compute

extension BoostedTableModel {
  /// Shares of the margin of each of several classes, or of the one there is.
  ///
  /// - Throws: ``Failure`` also for trees that do not say how many rows they saw.
  package func explain(
    _ table: Table, rows: Range<Int>?, on pool: WorkerPool
  ) throws -> TableExplanation {
    let (matrix, notes) = try matrix(of: table)
    let shares = try TreeExplanation(model).shares(matrix, rows: rows, on: pool)
    return try TableExplanation(
      of: table, rows: rows, features: features, outputs: outputNames, shares: shares, notes: notes)
  }
}
