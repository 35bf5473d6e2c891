import ArgumentParser
import Formats
import Platform
import Records
import Runner
import Server
import SystemPackage

/// `reprise replay`: plays a run again in a clean place and says whether it came to the same.
struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Play a run again and compare what comes of it.",
    discussion: """
      The commit that the run used is checked out into a folder of its own, with the changes that were not committed; \
      data comes from the cache or its remote by content, the packages are those of the record. Then the entry point \
      runs as a new run, and its outputs, metrics and artifacts are compared with the first one's: same bytes, same \
      values within --rtol, or different, and where. Your own files are not touched.

        reprise replay latest
        reprise replay 3f2a --dry-run
        reprise replay latest --with alpha=0.7 --code HEAD
        reprise replay run.zip

      An archive that `reprise export` made is played without its repository: it is checked as a whole, and its run is \
      taken into the records under its own id. It runs the code that is in it, so play archives of people you trust.

      The exit status is 0 when the result is the same, 1 when it differs, 2 when the run cannot be played again.
      """)

  @Argument(help: "The run: id, prefix, name, `latest`, `latest~N`, or an archive of one.")
  var run = "latest"

  @Option(
    name: .customLong("in"),
    help: ArgumentHelp("Make the clean place in this folder.", valueName: "folder"))
  var parent: String?

  @Flag(help: "Leave the clean place there.")
  var keep = false

  @Option(
    name: .customLong("with"),
    help: ArgumentHelp("Another value for a parameter.", valueName: "name=value"))
  var parameters: [String] = []

  @Option(
    help: ArgumentHelp("The code: `recorded`, or a branch, tag or commit.", valueName: "revision"))
  var code = "recorded"

  @Option(
    help: ArgumentHelp(
      "The versioned data: `recorded`, or that of a branch, tag or commit.", valueName: "revision"))
  var data = "recorded"

  @Option(
    name: .customLong("env"),
    help: ArgumentHelp(
      "The packages: `recorded`, or `current` for what is installed.", valueName: "which"))
  var environment = "recorded"

  @Option(
    help: ArgumentHelp(
      "Numbers count as equal within this part of their size.", valueName: "tolerance"))
  var rtol = 1e-9

  @Flag(help: "Say what would not be as it was, and run nothing.")
  var dryRun = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard rtol.isFinite, rtol >= 0 else {
      throw ValidationError("--rtol must be a number from 0 on, such as 1e-6")
    }
    guard ["recorded", "current"].contains(environment) else {
      throw ValidationError("--env is `recorded` or `current`")
    }
  }

  func run() async throws {
    let place = try Place(global)
    let console = global.console
    let stopped = StopFlag()
    let progress = ProgressLine(console: console)
    let source = try await interruptible(stopped) { try ReplaySource(run, place, dryRun, progress) }
    defer { withExtendedLifetime(source) {} }
    for note in source.notes { console.note(note) }
    let (original, records) = (source.run, source.records)
    let origin = try ReplayOrigin(
      original, store: source.store, records: records, folders: [place.folder])
    let replay = Replay(
      origin, try options(place),
      data: ReplayData(
        variables: place.variables, remote: source.manifest?.remote,
        isStopped: { stopped.isSet }),
      versions: RecordedData(place: place, isStopped: { stopped.isSet }),
      announce: { [console] in console.note($0) }, progress: progress,
      passesOutput: !console.printsJSON, service: ChildTracking(),
      renderer: ReportPage())
    let page = ReplayPage(original: original, console: console)
    if dryRun {
      let plan = try await interruptible(stopped) { try await replay.assess() }
      console.show(page.json(of: plan)) { page.text(of: plan) }
      if let failure = plan.failure { throw ExitCode(failure.code.exitCode) }
      return
    }
    let outcome = try await interruptible(stopped) {
      try await replay.perform { plan in
        for problem in plan.problems { console.warn(problem.failure) }
      }
    }
    progress.clear()
    for problem in outcome.run.problems { console.warn(problem) }
    console.note(RunOutcomeLine(outcome.run, console: console).text)
    if let folder = outcome.place { console.note("the clean place is kept: \(folder)") }
    console.show(outcome.verdict.json) { page.text(of: outcome.verdict) }
    if !outcome.verdict.isSame { throw ExitCode(Failure.Code.no.exitCode) }
  }

  private func options(_ place: Place) throws -> ReplayOptions {
    var options = ReplayOptions(variables: place.variables, workingFolder: place.folder)
    options.parameters = try GivenParameter.parse(parameters)
    options.code = .init(code)
    options.data = .init(data)
    options.parent = try parent.map { try FileSystem.absolute(FilePath($0), in: place.folder) }
    options.isKept = keep
    options.usesCurrentEnvironment = environment == "current"
    options.tolerance = rtol
    return options
  }
}
