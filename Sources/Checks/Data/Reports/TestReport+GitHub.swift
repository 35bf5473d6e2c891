import Platform

extension TestReport {
  /// Commands of GitHub's workflows: an annotation at the line of the suite for each test that does not pass.
  package var github: String {
    var lines: [String] = []
    for suite in suites {
      for outcome in suite.outcomes where outcome.verdict != .passed {
        let level = outcome.verdict == .warned ? "warning" : "error"
        lines.append(
          Self.annotation(
            level, suite.file, outcome.test.location.line, outcome.test.location.column,
            title: outcome.title, outcome.found))
      }
    }
    for failure in failures {
      for problem in failure.problems {
        let place = problem.location
        let hint = problem.hint.map { "\nhint: \($0)" } ?? ""
        lines.append(
          Self.annotation(
            "error", place?.file ?? failure.file, place?.line, place?.column,
            title: "the suite cannot be tested", problem.message + hint))
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func annotation(
    _ level: String, _ file: String, _ line: Int?, _ column: Int?, title: String,
    _ message: String
  ) -> String {
    var place = "file=\(property(file))"
    if let line { place += ",line=\(line)" }
    if let column { place += ",col=\(column)" }
    return "::\(level) \(place),title=\(property(title))::\(data(message))"
  }

  private static func data(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  private static func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
