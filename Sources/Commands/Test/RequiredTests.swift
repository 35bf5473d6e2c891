import Checks
import Formats
import Platform
import Projects
import Runner
import SystemPackage

/// The tests that an entry point requires: they are done before it runs, and what came of them is recorded with the run.
struct RequiredTests {
  private let names: [String]
  private let project: TestProject
  private let console: Console
  private let entryPoint: String
  private let language: MessageLanguage

  /// Nil when nothing is required.
  init?(_ plan: RunPlan, _ place: Place, _ console: Console) {
    guard !plan.entryPoint.requires.isEmpty else { return nil }
    names = plan.entryPoint.requires
    entryPoint = plan.entryPoint.name
    project = TestProject(place, root: plan.project.folder)
    self.console = console
    language = MessageLanguage(of: place.variables)
  }

  /// - Returns: the report, for the record: to be read by programs, and as a page.
  /// - Throws: ``Failure``: a test does not pass, or cannot be done.
  func check() async throws -> [(name: String, bytes: [UInt8])] {
    let report = try await project.test(
      project.suites(named: names), line: ProgressLine(console: console))
    if report.exitCode != 0 {
      console.note(TestText(console, isVerbose: false).text(report))
      let summary = TestText(console, isVerbose: false).summary(report)
      throw Failure(
        report.exitCode == 1 ? .no : .invalid,
        "`\(entryPoint)` did not run, for tests that it requires do not pass: \(summary)",
        details: report.failures.map(\.failure))
    }
    let page = TestPage(report, language: language)
    let json = report.json(withInputs: true).text(.indented, sortingKeys: true)
    return [
      ("tests/report.json", Array((json + "\n").utf8)),
      ("tests/report.html", Array(page.html.utf8)),
    ]
  }
}
