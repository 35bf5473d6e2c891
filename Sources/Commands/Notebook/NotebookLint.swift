import ArgumentParser
import Checks
import Formats
import Platform

/// `reprise notebook lint`: `reprise check` of notebooks alone.
struct NotebookLint: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract:
      "Find what is wrong with notebooks: cells out of order, paths of one machine, mistakes.",
    discussion: """
      The rules are those of `reprise check` that look at notebooks, the family `nb` and those about the code of \
      cells; a place is a cell and a line of it. `reprise check --fix` mends what can be mended.

        reprise notebook lint notebooks/explore.ipynb
        reprise notebook lint --select nb

      The exit status is 1 when something is found that is an error.
      """)

  @Argument(
    help: "Notebooks and folders; all of the project when none is given.", completion: .file())
  var paths: [String] = []

  @Option(help: ArgumentHelp("Only these rules or codes: `nb,F821`.", valueName: "ids"))
  var select: [String] = []

  @Option(help: ArgumentHelp("Not these rules or codes.", valueName: "ids"))
  var ignore: [String] = []

  @Flag(help: "One line a finding.") var concise = false

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    let place = try CheckPlace(global)
    let language = place.language(nil)
    func names(_ options: [String]) -> [String] {
      options.flatMap { $0.split(separator: ",") }.map(String.init)
    }
    let selection = try RuleSelection(
      place.library(), place.settings, select: names(select), ignore: names(ignore),
      language: language)
    let sources = try CheckSources(place, paths: paths, staged: false, since: nil)
    let list = sources.list.filter { $0.path.hasSuffix(".ipynb") }
    let result = try await ParallelWork.onDeepThread { CheckRun(selection).run(list) }
    for failure in result.failures { global.console.warn(failure) }
    let page = CheckText(console: global.console, language: language, isConcise: concise)
    global.console.show(.array(result.findings.map(FindingReport.json))) {
      page.text(result.findings)
    }
    global.console.note(page.summary(result.findings, files: result.files))
    let isBroken = result.findings.indices.contains {
      result.findings[$0].severity >= selection.failsOn
    }
    if isBroken || !result.failures.isEmpty {
      throw ExitCode(
        result.failures.isEmpty ? Failure.Code.no.exitCode : Failure.Code.io.exitCode)
    }
  }
}
