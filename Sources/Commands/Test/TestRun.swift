import ArgumentParser
import Checks
import Compute
import Formats
import Platform
import SystemPackage

/// `reprise test run`, which is `reprise test`.
struct TestRun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Test data and models; the word `run` may be left out.",
    discussion: """
      Without names all suites of tests/data and tests/model are done.

        reprise test
        reprise test data
        reprise test penguins --format html -o tests.html
        reprise test --staged
        reprise test --history penguins
      """)

  @Argument(help: "`data`, `model`, or the names of suites; all when nothing is named.")
  var names: [String] = []

  @Option(help: ArgumentHelp("text, json, junit, sarif, github or html.", valueName: "format"))
  var format: TestFormat?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the report to a file.", valueName: "file"), completion: .file())
  var output: String?

  @Flag(help: "Tell also of tests that pass.")
  var verbose = false

  // What begins with a hyphen is a value too, so that it can be told what is wrong with it.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many threads read; results do not depend on it.", valueName: "n"))
  var threads: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What tests may keep of tables in memory (96 MB); the rest goes to temporary files.",
      valueName: "size"))
  var memory: String?

  @Flag(help: "Read all data again, also what is known.")
  var fresh = false

  @Flag(
    help:
      "Only suites that the next commit touches: their files, their data, or the pointers to it.")
  var staged = false

  @Flag(help: "Show how the values of tests went from result to result; nothing is tested.")
  var history = false

  @Option(help: ArgumentHelp("The language of the page: en or ko.", valueName: "language"))
  var lang: MessageLanguage?

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    if let threads, threads < 1 {
      throw Failure(
        .usage, "`--threads \(threads)` leaves nobody to read", hint: "such as `--threads 2`")
    }
    let limit = try memory.map(Self.size)
    let place = try Place(global)
    let console = global.console
    let project = try TestProject(place, names: names)
    var files = try project.suites(named: names)
    if history {
      let memory = project.memory
      let page = HistoryPage(
        suites: try files.map { .init(name: $0.name, entries: try memory.history(of: $0.name)) })
      return console.show(page.json) { page.text(console) }
    }
    if staged {
      files = try StagedSuites(root: project.root, variables: place.variables).touched(files)
    }
    let report = try await project.test(
      files, threads: threads, isFresh: fresh, memory: limit, line: ProgressLine(console: console)
    ) {
      console.warn($0)
    }
    let format = format ?? (console.printsJSON ? .json : .text)
    let text = text(report, format, console, place.variables)
    if let output {
      let path = try FileSystem.absolute(FilePath(output), in: place.folder)
      try FileSystem.write(text, to: path)
      for failure in report.failures { console.warn(failure.failure) }
      console.note(TestText(console, isVerbose: false).summary(report))
    } else {
      console.write(Array(text.utf8))
      for failure in report.failures where format == .text { console.warn(failure.failure) }
    }
    if report.exitCode != 0 { throw ExitCode(report.exitCode) }
  }

  private static func size(_ text: String) throws -> Int {
    guard let size = ByteCount(parsing: text) else {
      throw Failure(.usage, "`\(text)` is no size", hint: "such as `--memory 500MB`")
    }
    guard size >= ByteCount(1000) else {
      throw Failure(
        .usage, "`\(text)` is less than a kilobyte", hint: "such as `--memory 500MB`")
    }
    return Int(size.bytes)
  }

  private func text(
    _ report: TestReport, _ format: TestFormat, _ console: Console, _ variables: [String: String]
  ) -> String {
    switch format {
    case .text: TestText(console, isVerbose: verbose).text(report)
    case .json: report.json.text(.indented, sortingKeys: true) + "\n"
    case .junit: report.junit
    case .github: report.github
    case .sarif: report.sarif(version: Program.version).text(.indented, sortingKeys: true) + "\n"
    case .html: TestPage(report, language: lang ?? MessageLanguage(of: variables)).html
    }
  }
}

/// What `reprise test` prints.
enum TestFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, junit, sarif, github, html
}
