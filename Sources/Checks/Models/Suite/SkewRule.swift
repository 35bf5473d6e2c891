/// What was served to rows, against what is computed for them here.
package struct SkewRule: Sendable, Hashable {
  /// Columns that together name a row on both sides.
  package var keys: [String]
  /// The columns that are compared; none: the model's answers.
  package var columns: [String]
  /// Numbers that are no further apart are the same.
  package var tolerance: Double
  /// The share of rows that may be other than they were served.
  package var most: Double

  package static let usualTolerance = 1e-6

  package init(
    keys: [String], columns: [String] = [], tolerance: Double = usualTolerance, most: Double = 0
  ) {
    self.keys = keys
    self.columns = columns
    self.tolerance = tolerance
    self.most = most
  }
}

/// `served:` of a suite: a log of what was answered, and what its columns hold.
package struct ServedLog: Sendable, Hashable {
  package var table: TableReference
  package var columns: PredictionColumns

  package init(_ table: TableReference, _ columns: PredictionColumns = PredictionColumns()) {
    self.table = table
    self.columns = columns
  }
}
