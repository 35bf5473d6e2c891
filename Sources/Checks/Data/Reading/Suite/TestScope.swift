/// Where in a suite a test stands, and what it takes from there.
struct TestScope: Sendable {
  var place: TestForm.Place
  /// The column whose tests are listed.
  var column: SuiteName?
  /// When the test says none.
  var severity = TestSeverity.error
  /// Whether it stands under `warn:` or `error:`, and must not say it again.
  var isSeverityFixed = false
  var filter: RowExpression?
  var group: String?
  /// Under `drift:`, where the short form begins with the method.
  var isDrift = false

  init(_ place: TestForm.Place, column: SuiteName? = nil) {
    self.place = place
    self.column = column
  }

  /// With another condition besides.
  mutating func narrow(_ filter: RowExpression?) {
    guard let filter else { return }
    self.filter = self.filter.map { .and($0, filter) } ?? filter
  }
}

extension TestForm.Place {
  /// As messages call a test of this place.
  var noun: String {
    switch self {
    case .column: "a test of a column"
    case .table: "a test of the table"
    case .split: "a test of splits"
    }
  }

  /// Where such a test stands.
  var section: String {
    switch self {
    case .column: "`columns`"
    case .table: "`table`"
    case .split: "`check` of `splits`"
    }
  }
}
