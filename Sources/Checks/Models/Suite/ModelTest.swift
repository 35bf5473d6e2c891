import Platform

/// One test of a model.
package struct ModelTest: Sendable, Hashable {
  package var kind: Kind
  package var severity: TestSeverity
  /// The test is of each slice of the rows by itself, too; nil: of all rows together.
  package var slices: SliceRule?
  /// Which rows count; nil: all.
  package var filter: RowExpression?
  /// In the suite.
  package var location: SourceLocation
  /// In the short form: `accuracy >= 0.95`. Names the test in reports.
  package var text: String

  package init(
    _ kind: Kind, severity: TestSeverity = .error, slices: SliceRule? = nil,
    filter: RowExpression? = nil, location: SourceLocation, text: String
  ) {
    self.kind = kind
    self.severity = severity
    self.slices = slices
    self.filter = filter
    self.location = location
    self.text = text
  }
}

/// How rows are parted, and what each part must be like.
package struct SliceRule: Sendable, Hashable {
  /// A slice for each combination of their values; columns of many numbers are parted at their quartiles.
  package var columns: [String]
  /// The metric may be so much worse than that of all rows; nil: any.
  package var gap: Double?
  /// Slices with fewer rows are not judged.
  package var support: Int
  /// Whether a slice fails only when the whole interval of 95% confidence does.
  package var isConfident: Bool

  package static let usualSupport = 30

  package init(
    columns: [String], gap: Double? = nil, support: Int = usualSupport, isConfident: Bool = false
  ) {
    self.columns = columns
    self.gap = gap
    self.support = support
    self.isConfident = isConfident
  }
}
