import Records

extension RunReport {
  /// What tests of data and models said: those that do not pass first, all others folded.
  var tests: Section? {
    guard let tests = document.tests else { return nil }
    let others = tests.suites.map { suite in
      TestSummary.Suite(
        name: suite.name, rows: suite.rows, tests: suite.tests.filter { $0.verdict != .passed })
    }.filter { !$0.tests.isEmpty }
    let passing = tests.suites.map { suite in
      TestSummary.Suite(
        name: suite.name, rows: suite.rows, tests: suite.tests.filter { $0.verdict == .passed })
    }.filter { !$0.tests.isEmpty }
    let hasPage = document.artifacts?.contains { $0.path == TestSummary.page } == true
    return Section(
      id: "tests", title: .tests,
      content: """
        \(others.map(table))\
        \(passing.isEmpty ? .nothing : """
          <details\(others.isEmpty ? " open" : "")><summary>\(at.counted(.testsPass, tests.count(.passed)))</summary>
          \(passing.map(table))</details>
          """ as HTML)
        \(tests.left > 0 ? "<p class=\"quiet\">\(at.counted(.testsMore, tests.left))</p>" : .nothing as HTML)
        \(hasPage ? "<p><a href=\"\(files)\(TestSummary.page)\">\(at[.wholeTestReport])</a></p>" : .nothing as HTML)
        """, aside: "<span class=\"count\">\(counts(tests))</span>")
  }

  private func counts(_ tests: TestSummary) -> String {
    [TestSummary.Test.Verdict.failed, .untested, .warned, .passed].compactMap { verdict in
      let count = tests.count(verdict)
      return count == 0 ? nil : at[phrase(verdict), "\(count)"]
    }.joined(separator: ", ")
  }

  private func phrase(_ verdict: TestSummary.Test.Verdict) -> Phrase {
    switch verdict {
    case .passed: .testsPassed
    case .failed: .testsFailed
    case .warned: .testsWarned
    case .untested: .testsUndone
    }
  }

  private func table(_ suite: TestSummary.Suite) -> HTML {
    """
    <div class="sheet" tabindex="0" role="group" aria-label="\(suite.name)"><table class="values kept">\
    <caption>\(suite.name)\(suite.rows.map { ", " + at.counted(.rowCount, Int($0)) } ?? "")</caption><tbody>
    \(suite.tests.map { test in
      """
      <tr><th scope="row">\(test.text)</th><td class="\(test.verdict == .passed ? "good" : test.verdict == .warned ? "quiet" : "bad")">\
      \(Self.mark(test.verdict))</td><td>\(test.found)\(test.nearest.map { "<br><span class=\"quiet\">\(at[.wouldPass]) <code>\($0)</code></span>" as HTML })</td></tr>

      """ as HTML
    })</tbody></table></div>

    """
  }

  private static func mark(_ verdict: TestSummary.Test.Verdict) -> String {
    switch verdict {
    case .passed: "✓"
    case .failed: "✗"
    case .warned: "!"
    case .untested: "?"
    }
  }
}
