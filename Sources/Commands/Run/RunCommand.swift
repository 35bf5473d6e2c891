import ArgumentParser
import Formats
import Platform
import Projects
import Records
import Runner
import SystemPackage

/// `reprise run`: executes an entry point of a project and records the run.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run an entry point of a project and record it.",
    discussion: """
      The project is a folder (by default the one you are in), a zip file, or a git URL, each with an optional \
      `#subfolder`. The entry point is a name in its MLproject, or a .py, .sh or .R file.

        reprise run --list
        reprise run -e train -P alpha=0.5 -P data=data/wine.csv
        reprise run https://example.org/team/wine.git -v v1.2 -e train
        reprise run . -e train --dry-run
        reprise run -e train --force
        reprise run --resume latest -P epochs=20

      An entry point that declares `outputs` is not run again when nothing that it depends on has changed: its outputs are \
      brought back and the run is recorded all the same. `reprise explain` says what has changed.

      An entry point that uses `mlflow` logs into its run. MLFLOW_TRACKING_URI=http… records on that server instead.

      The exit status is that of the entry point: 128 and the signal's number when a signal ended it, 124 when its time \
      was over and it ended well all the same.
      """)

  @Argument(help: "The project: a folder, a zip file or a git URL, with an optional `#subfolder`.")
  var uri = "."

  @OptionGroup var options: RunOptions

  @Flag(help: "Print the entry points and their parameters, and run nothing.")
  var list = false

  @Flag(help: "Print what would be run, and run nothing.")
  var dryRun = false

  @Flag(help: "Run also when the result is known.")
  var force = false

  @Option(
    help: ArgumentHelp(
      "Go on from the last checkpoint of a training: id, prefix, name, `latest`, `latest~N`.",
      valueName: "run"))
  var resume: String?

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try Place(global)
    let console = global.console
    var request = try options.request(for: uri, in: place)
    if let resume {
      request = try ResumedRun(resume, in: place).completing(
        request, namesEntryPoint: options.givenEntryPoint != nil)
    }
    let source = try await ProjectSource.open(request) { console.note($0) }
    if list { return try EntryPointList(source.project).show(on: console) }
    let stopped = StopFlag()
    let data = RecordedData(place: place, isStopped: { stopped.isSet })
    var plan = try RunPlan(request, source: source, data: data)
    if !dryRun, let tests = RequiredTests(plan, place, console) {
      plan.evidence += try await tests.check()
    }
    var settings = try options.recording.settings()
    settings.force = force
    let performance = RunPerformance(
      plan: plan, settings: settings, place: place, console: console, stopped: stopped)
    guard dryRun else { return try await performance.perform() }
    for warning in plan.warnings { console.warn(warning) }
    let explanation = plan.outputs.isEmpty ? nil : try await performance.run().explain()
    console.show(plan.json(explanation)) {
      RunPlanPage(plan, explanation, console: console).text
    }
  }
}
