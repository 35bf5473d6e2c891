import Platform

/// What came of a test.
package struct TestOutcome: Sendable {
  package enum Verdict: String, Sendable, Hashable {
    case passed
    case failed
    /// It failed, and is only to be looked at.
    case warned
    /// Nothing can be said: a column is not there, or the table is empty.
    case untested
  }

  package var test: TestIdentity
  package var verdict: Verdict
  /// What was measured, for a person: `0.0612`, `3 of 1,000 rows`.
  package var found: String
  /// The number that was compared; nil when it was none.
  package var value: Double?
  /// Rows that do not pass, of those that count; nil for tests that count none.
  package var rows: RowShare?
  /// The first of them.
  package var samples: [RowSample]
  /// The nearest form of the test that would pass: `18..95`.
  package var nearest: String?
  /// Why nothing could be said.
  package var problem: Failure?
  /// What a report draws.
  package var details: [OutcomeDetail]
  /// The value of the column that a test is done `by`; nil: of all rows.
  package var group: String?

  package struct RowShare: Sendable, Hashable {
    package var failing: Int
    package var considered: Int

    package var share: Double { considered == 0 ? 0 : Double(failing) / Double(considered) }
  }

  package init(
    _ test: some IdentifiedTest, passed: Bool, found: String, value: Double? = nil,
    rows: RowShare? = nil, samples: [RowSample] = [], nearest: String? = nil,
    details: [OutcomeDetail] = []
  ) {
    self.test = test.identity
    verdict = passed ? .passed : self.test.severity == .error ? .failed : .warned
    self.found = found
    self.value = value
    self.rows = rows
    self.samples = samples
    self.nearest = passed ? nil : nearest
    self.details = details
  }

  package init(_ test: some IdentifiedTest, untested problem: Failure) {
    self.test = test.identity
    verdict = .untested
    found = problem.message
    self.problem = problem
    samples = []
    details = []
  }
}
