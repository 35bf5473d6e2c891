import Platform

/// One test of a suite.
package struct DataTest: Sendable, Hashable {
  package var kind: Kind
  /// The column that it is of; nil for a test of the whole table.
  package var column: String?
  /// The share of rows that have to pass a test of single rows, of those that have a value.
  package var mostly: Double
  package var severity: TestSeverity
  /// Which rows count; nil: all.
  package var filter: RowExpression?
  /// The test is done for each value of this column by itself; nil: for all rows together.
  package var group: String?
  /// In the suite.
  package var location: SourceLocation
  /// In the short form: `age in 18..90`, `no duplicates on [id]`. Names the test in reports.
  package var text: String
  /// Whether `data infer` guessed it and nobody has looked at it yet.
  package var isGuess: Bool

  package init(
    _ kind: Kind, column: String? = nil, mostly: Double = 1, severity: TestSeverity = .error,
    filter: RowExpression? = nil, group: String? = nil, location: SourceLocation, text: String,
    isGuess: Bool = false
  ) {
    self.kind = kind
    self.column = column
    self.mostly = mostly
    self.severity = severity
    self.filter = filter
    self.group = group
    self.location = location
    self.text = text
    self.isGuess = isGuess
  }
}
