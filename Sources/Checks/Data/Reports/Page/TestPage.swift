import Platform

/// The report of tests as one page that needs nothing else, not even a script.
package struct TestPage {
  private let report: TestReport
  private let words: TestWords

  package init(_ report: TestReport, language: MessageLanguage) {
    self.report = report
    words = TestWords(language)
  }

  package var html: String {
    var text = """
      <!doctype html>
      <html lang="\(words.language)"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(words.title)</title><style>\(TestPage.style)</style></head><body>
      <header><h1>\(words.title)</h1>
      <p class="sum">

      """
    for (verdict, word) in words.verdicts where report.count(verdict) > 0 || verdict == .passed {
      text +=
        "<span class=\"\(verdict.rawValue)\"><b>\(DigitGroups.text(report.count(verdict)))</b> \(word)</span>\n"
    }
    text += "</p>\n\(shares)\(contents)</header><main>\n"
    for failure in report.failures {
      text += "<section><h2>\(Self.escaped(failure.file))</h2><article class=\"untested\">"
      if !failure.failure.details.isEmpty {
        text += "<p>\(Self.coded(failure.failure.message))</p>"
      }
      for problem in failure.problems {
        text += "<p>\(Self.coded(problem.message))"
        if let place = problem.location { text += " <code>\(Self.escaped("\(place)"))</code>" }
        text += "</p>"
        if let hint = problem.hint { text += "<p class=\"soft\">\(Self.coded(hint))</p>" }
      }
      text += "</article></section>\n"
    }
    for (place, suite) in report.suites.enumerated() { text += section(suite, place) }
    return text + "</main></body></html>\n"
  }

  /// One bar: how much passes, how much does not.
  private var shares: String {
    let counts = words.verdicts.map { ($0.0, report.count($0.0)) }.filter { $0.1 > 0 }
    guard !counts.isEmpty else { return "" }
    return "<p class=\"shares\" aria-hidden=\"true\">"
      + counts.map { "<i class=\"\($0.rawValue)\" style=\"flex-grow:\($1)\"></i>" }.joined()
      + "</p>\n"
  }

  /// The suites, where there are more than one.
  private var contents: String {
    guard report.suites.count > 1 else { return "" }
    var text = "<nav aria-label=\"\(words.contents)\"><table><tbody>\n"
    for (place, suite) in report.suites.enumerated() {
      text += "<tr><td><a href=\"#suite-\(place + 1)\">\(Self.escaped(suite.file))</a></td>"
      for (verdict, word) in words.verdicts {
        let count = suite.count(verdict)
        text += "<td class=\"count \(verdict.rawValue)\">"
        text += count > 0 ? "\(Self.mark(verdict)) \(DigitGroups.text(count)) \(word)" : ""
        text += "</td>"
      }
      text += "</tr>\n"
    }
    return text + "</tbody></table></nav>\n"
  }

  private func section(_ suite: SuiteOutcome, _ place: Int) -> String {
    var text =
      "<section id=\"suite-\(place + 1)\"><h2>\(Self.escaped(suite.file))</h2>\n<p class=\"soft\">"
    text +=
      "<code>\(Self.escaped(suite.source))</code>, \(words.size(suite.rows, suite.columns))</p>\n"
    // What asks for attention first, and each kind in the order of the suite.
    let order: [TestOutcome.Verdict] = [.failed, .untested, .warned]
    for verdict in order {
      for outcome in suite.outcomes where outcome.verdict == verdict { text += article(outcome) }
    }
    let passed = suite.outcomes.filter { $0.verdict == .passed }
    guard !passed.isEmpty else { return text + "</section>\n" }
    text += "<details\(passed.count == suite.outcomes.count ? " open" : "")>"
    text += "<summary>\(words.passing(passed.count))</summary>\n"
    for outcome in passed { text += article(outcome) }
    return text + "</details></section>\n"
  }

  private func article(_ outcome: TestOutcome) -> String {
    var text = "<article class=\"\(outcome.verdict.rawValue)\"><div class=\"line\">"
    text += "<span class=\"mark\" role=\"img\" aria-label=\"\(words.word(outcome.verdict))\">"
    text += "\(Self.mark(outcome.verdict))</span><h3>\(Self.escaped(outcome.title))</h3>"
    text += "<span class=\"found\">\(Self.coded(outcome.found))</span></div>\n"
    if outcome.verdict != .passed {
      if let hint = outcome.problem?.hint { text += "<p class=\"soft\">\(Self.coded(hint))</p>\n" }
      text += samples(outcome.samples)
      if let nearest = outcome.nearest {
        text += "<p class=\"soft\">\(words.nearest) <code>\(Self.escaped(nearest))</code></p>\n"
      }
    }
    for detail in outcome.details { text += TestChart(detail, words).svg }
    return text + "</article>\n"
  }

  private func samples(_ samples: [RowSample]) -> String {
    guard !samples.isEmpty else { return "" }
    var text = "<table><tbody>\n"
    for sample in samples {
      let place =
        sample.path.map(Self.escaped) ?? sample.line.map { words.line($0) }
        ?? words.row(sample.row + 1)
      text += "<tr><th scope=\"row\">\(place)</th><td><code>"
      text += "\(Self.escaped(sample.value))</code></td></tr>\n"
    }
    return text + "</tbody></table>\n"
  }

  private static func mark(_ verdict: TestOutcome.Verdict) -> String {
    switch verdict {
    case .passed: "✓"
    case .failed: "✗"
    case .warned: "!"
    case .untested: "?"
    }
  }

  static func escaped(_ text: String) -> String { JUnitReport.escaped(text) }

  /// What stands between back quotes is code.
  private static func coded(_ text: String) -> String {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false).map {
      escaped(String($0))
    }
    guard parts.count % 2 == 1 else { return escaped(text) }
    return parts.enumerated().map { $0 % 2 == 1 ? "<code>\($1)</code>" : $1 }.joined()
  }
}
