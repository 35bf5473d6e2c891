import Platform

extension TestReport {
  /// JUnit's XML: a suite for each file, a case for each test.
  package var junit: String {
    let all = suites.reduce(0) { $0 + $1.outcomes.count } + failures.count
    let errors = count(.untested) + failures.count
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites name=\"reprise test\" tests=\"\(all)\" failures=\"\(count(.failed))\""
    text += " errors=\"\(errors)\">\n"
    for suite in suites {
      let name = JUnitReport.escaped(suite.file)
      text += "  <testsuite name=\"\(name)\" tests=\"\(suite.outcomes.count)\""
      text += " failures=\"\(suite.count(.failed))\" errors=\"\(suite.count(.untested))\">\n"
      for outcome in suite.outcomes { text += Self.testCase(outcome, file: name) }
      text += "  </testsuite>\n"
    }
    for failure in failures {
      let name = JUnitReport.escaped(failure.file)
      text += "  <testsuite name=\"\(name)\" tests=\"1\" failures=\"0\" errors=\"1\">\n"
      text += "    <testcase name=\"suite\" classname=\"\(name)\">\n"
      let details = failure.problems.map { problem in
        let place = problem.location.map { "\($0): " } ?? ""
        return place + problem.message + (problem.hint.map { " (hint: \($0))" } ?? "")
      }.joined(separator: "\n")
      text += "      <error message=\"\(JUnitReport.escaped(failure.failure.message))\">"
      text += "\(JUnitReport.escaped(details))</error>\n"
      text += "    </testcase>\n  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  private static func testCase(_ outcome: TestOutcome, file: String) -> String {
    let name = outcome.title
    var text = "    <testcase name=\"\(JUnitReport.escaped(name))\" classname=\"\(file)\""
    if let line = outcome.test.location.line { text += " line=\"\(line)\"" }
    let message = JUnitReport.escaped(outcome.found)
    switch outcome.verdict {
    case .passed: return text + "/>\n"
    case .warned:
      return text + ">\n      <system-out>warning: \(message)</system-out>\n    </testcase>\n"
    case .failed:
      let rows = outcome.samples.map { sample in
        sample.text(beginning: sample.path ?? "row \(sample.row + 1)")
      }.joined(separator: "\n")
      return text
        + ">\n      <failure message=\"\(message)\">\(JUnitReport.escaped(rows))</failure>\n    </testcase>\n"
    case .untested:
      return text + ">\n      <error message=\"\(message)\"/>\n    </testcase>\n"
    }
  }
}

extension TestOutcome {
  /// `age in 18..90 [KR]`.
  package var title: String { group.map { "\(test.text) [\($0)]" } ?? test.text }
}
