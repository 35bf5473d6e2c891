/// What came of a suite.
package struct SuiteOutcome: Sendable {
  /// The suite's file, as messages show it.
  package var file: String
  /// What is tested: a table or a model, as messages show it.
  package var source: String
  package var rows: Int
  package var columns: Int
  package var outcomes: [TestOutcome]
  /// The files that were read.
  package var inputs: [TestedInput] = []
  /// Whether nothing has changed since the same suite was tested, so that nothing was read.
  package var isKnown = false

  package init(
    file: String, source: String, rows: Int, columns: Int, outcomes: [TestOutcome]
  ) {
    self.file = file
    self.source = source
    self.rows = rows
    self.columns = columns
    self.outcomes = outcomes
  }

  package func count(_ verdict: TestOutcome.Verdict) -> Int {
    outcomes.count { $0.verdict == verdict }
  }

  /// 0: all pass; 1: something failed; 2: something could not be tested, and nothing failed worse.
  package var exitCode: Int32 {
    count(.untested) > 0 ? 2 : count(.failed) > 0 ? 1 : 0
  }
}
