import Checks
import Platform
import Runner

/// JUnit's XML: a suite for each notebook, a case for each code cell.
enum NotebookTestJUnit {
  static func text(_ reports: [NotebookTestReport]) -> String {
    let suites = reports.map(Suite.init)
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites name=\"reprise notebook test\" "
    text += attributes(
      tests: suites.map(\.tests), failures: suites.map(\.failures), errors: suites.map(\.errors),
      skipped: suites.map(\.skipped), seconds: reports.map(\.seconds))
    text += ">\n"
    for suite in suites { text += suite.text }
    return text + "</testsuites>\n"
  }

  fileprivate static func attributes(
    tests: [Int], failures: [Int], errors: [Int], skipped: [Int], seconds: [Double]
  ) -> String {
    func sum(_ numbers: [Int]) -> Int { numbers.reduce(0, +) }
    return "tests=\"\(sum(tests))\" failures=\"\(sum(failures))\" errors=\"\(sum(errors))\" "
      + "skipped=\"\(sum(skipped))\" time=\"\(time(seconds.reduce(0, +)))\""
  }

  /// Seconds with three places.
  fileprivate static func time(_ seconds: Double) -> String {
    let milliseconds = Int64(max(0, min(seconds, 1e12)) * 1000)
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }

  private struct Suite {
    var tests = 0
    var failures = 0
    var errors = 0
    var skipped = 0
    private let name: String
    private let seconds: Double
    private var cases = ""

    init(_ report: NotebookTestReport) {
      name = JUnitReport.escaped(report.name)
      seconds = report.seconds
      switch report.outcome {
      case .tested(let result): for cell in result.cells { add(cell) }
      case .impossible(let failure):
        errors = 1
        add(
          "notebook", 0,
          "<error message=\"\(JUnitReport.escaped(failure.message))\">"
            + "\(JUnitReport.escaped(failure.description))</error>")
      case .interrupted:
        skipped = 1
        add("notebook", 0, "<skipped message=\"interrupted\"/>")
      }
    }

    private mutating func add(_ cell: CellVerdict) {
      let detail = JUnitReport.escaped(cell.detail ?? cell.kind.rawValue)
      var inside: String?
      switch cell.kind {
      case .identical, .equal, .unchecked: break
      case .different, .failed:
        failures += 1
        let plain = Console(printsJSON: false, isQuiet: true, colors: .never)
        let page = NotebookDiffText(plain, width: nil)
        let lines = page.lines(cell.changes) + [cell.traceback].compactMap { $0 }
        inside =
          "<failure type=\"\(cell.kind.rawValue)\" message=\"\(detail)\">"
          + "\(JUnitReport.escaped(lines.joined(separator: "\n")))</failure>"
      case .skipped, .notRun:
        skipped += 1
        inside = "<skipped message=\"\(detail)\"/>"
      }
      add("cell \(cell.number)", cell.seconds ?? 0, inside)
    }

    private mutating func add(_ cell: String, _ seconds: Double, _ inside: String?) {
      tests += 1
      cases += "    <testcase classname=\"\(name)\" name=\"\(cell)\" time=\"\(time(seconds))\""
      cases += inside.map { ">\n      \($0)\n    </testcase>\n" } ?? "/>\n"
    }

    var text: String {
      let numbers = attributes(
        tests: [tests], failures: [failures], errors: [errors], skipped: [skipped],
        seconds: [seconds])
      return "  <testsuite name=\"\(name)\" \(numbers)>\n\(cases)  </testsuite>\n"
    }
  }
}
