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
      text += console.styled(singleLine(suite.file), .bold)
      let rows = "\(DigitGroups.text(suite.rows)) row\(suite.rows == 1 ? "" : "s")"
      let columns = "\(suite.columns) column\(suite.columns == 1 ? "" : "s")"
      text +=
        "  \(singleLine(suite.source)), \(rows), \(columns)\(suite.isKnown ? ", known" : "")\n"
      let shown = suite.outcomes.filter { isVerbose || $0.verdict != .passed }
      let width = min(48, shown.map { textWidth(singleLine($0.title)) }.max() ?? 0)
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
    // Cells and names may hold anything, also what speaks to the terminal.
    let title = singleLine(outcome.title)
    let gap = String(repeating: " ", count: max(1, width - textWidth(title) + 2))
    var text = "  \(mark) \(title)\(gap)\(singleLine(outcome.found))\n"
    for sample in outcome.samples where outcome.verdict != .passed {
      let place = sample.path ?? sample.line.map { "line \($0)" } ?? "row \(sample.row + 1)"
      text += dim(sample.text(beginning: place))
    }
    if let nearest = outcome.nearest, outcome.verdict != .passed {
      text += dim("would pass: \(nearest)")
    }
    if let hint = outcome.problem?.hint { text += dim(hint) }
    return text
  }

  private func dim(_ text: String) -> String {
    console.styled("      \(singleLine(text))", .dim) + "\n"
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
