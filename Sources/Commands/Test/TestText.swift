import Checks
import Platform

/// The report of `reprise test` for a terminal: a line for each test, and below those that do not pass the first rows.
struct TestText {
  private let console: Console
  private let isVerbose: Bool

  init(_ console: Console, isVerbose: Bool) {
    self.console = console
    self.isVerbose = isVerbose
  }

  func text(_ report: TestReport) -> String {
    var text = ""
    for suite in report.suites {
      text += console.styled(suite.file, .bold)
      let rows = "\(DigitGroups.text(suite.rows)) row\(suite.rows == 1 ? "" : "s")"
      let columns = "\(suite.columns) column\(suite.columns == 1 ? "" : "s")"
      text += "  \(suite.source), \(rows), \(columns)\(suite.isKnown ? ", known" : "")\n"
      let shown = suite.outcomes.filter { isVerbose || $0.verdict != .passed }
      let width = min(48, shown.map { textWidth($0.title) }.max() ?? 0)
      for outcome in shown { text += line(outcome, width) }
      let hidden = suite.outcomes.count - shown.count
      if hidden > 0 {
        text +=
          "  \(console.styled("✓", .green)) \(hidden == 1 ? "1 test passes" : "\(hidden) tests pass")\n"
      }
      text += "\n"
    }
    return text + summary(report) + "\n"
  }

  private func line(_ outcome: TestOutcome, _ width: Int) -> String {
    let mark =
      switch outcome.verdict {
      case .passed: console.styled("✓", .green)
      case .failed: console.styled("✗", .red)
      case .warned: console.styled("!", .yellow)
      case .untested: console.styled("?", .red)
      }
    let title = outcome.title
    let gap = String(repeating: " ", count: max(1, width - textWidth(title) + 2))
    var text = "  \(mark) \(title)\(gap)\(outcome.found)\n"
    for sample in outcome.samples where outcome.verdict != .passed {
      let line = sample.line.map { "line \($0)" } ?? "row \(sample.row + 1)"
      text += console.styled("      \(line): \(sample.value)", .dim) + "\n"
    }
    if let nearest = outcome.nearest, outcome.verdict != .passed {
      text += console.styled("      would pass: \(nearest)", .dim) + "\n"
    }
    if let hint = outcome.problem?.hint { text += console.styled("      \(hint)", .dim) + "\n" }
    return text
  }

  func summary(_ report: TestReport) -> String {
    var parts = ["\(report.count(.passed)) passed"]
    for (verdict, word) in [
      (TestOutcome.Verdict.failed, "failed"), (.warned, "warned"),
      (.untested, "could not be tested"),
    ] where report.count(verdict) > 0 {
      parts.append("\(report.count(verdict)) \(word)")
    }
    if !report.failures.isEmpty {
      let count = report.failures.count
      parts.append("\(count) suite\(count == 1 ? "" : "s") could not be read")
    }
    return parts.joined(separator: ", ")
  }
}
