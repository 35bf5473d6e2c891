import Checks
import Platform
import Testing

@testable import Commands

@Suite("The report of tests on a terminal") struct TestTextTests {
  private let hostile = "\u{1B}[31mred\r\n::error::x\u{7}"

  private func report() -> TestReport {
    let test = TestIdentity(
      name: "in-set", text: "a: in ['\(hostile)']", severity: .error,
      location: SourceLocation(file: "t.yml", line: 1))
    let failed = TestOutcome(
      test, passed: false, found: hostile,
      samples: [
        RowSample(row: 0, line: 2, value: hostile),
        RowSample(row: 1, line: nil, path: "cat/\(hostile)", value: "too small"),
      ], nearest: hostile)
    let untested = TestOutcome(test, untested: Failure(.invalid, hostile, hint: hostile))
    return TestReport(suites: [
      SuiteOutcome(
        file: hostile, source: hostile, rows: 2, columns: 1, outcomes: [failed, untested])
    ])
  }

  @Test("nothing in a cell or a name speaks to the terminal, or begins a line") func controls() {
    let console = Console(printsJSON: false, isQuiet: false, colors: .never)
    let text = TestText(console, isVerbose: true).text(report())
    #expect(
      !text.unicodeScalars.contains {
        $0.properties.generalCategory == .control && $0 != "\n"
      })
    let lines = text.split(separator: "\n")
    #expect(!lines.contains { $0.hasPrefix("::") })
    #expect(lines.count == 8, "\(text)")
    #expect(text.contains("line 2: \\u{1B}[31mred\\r\\n::error::x\\u{7}"))
    #expect(text.contains("cat/\\u{1B}[31mred\\r\\n::error::x\\u{7}: too small"))
  }

  @Test("a long value is cut to 200 characters") func long() {
    let family = "👨‍👩‍👧"
    #expect(
      RowSample(row: 0, line: nil, value: String(repeating: family, count: 201)).value
        == String(repeating: family, count: 200) + "…")
    let whole = String(repeating: family, count: 200)
    #expect(RowSample(row: 0, line: nil, value: whole).value == whole)
  }
}
