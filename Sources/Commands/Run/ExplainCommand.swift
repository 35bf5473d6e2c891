import ArgumentParser
import Platform
import Runner

/// `reprise explain`: what of a run's key changed, and what `reprise run` would do.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say what changed since a run, and whether `reprise run` would run.",
    discussion: """
      A run's result depends on its command, parameters, inputs, environment, variables and code. Each is compared, by \
      content, with what it was in the newest run of the entry point, or in that of `--run`. Takes the options of \
      `reprise run`, runs nothing and records nothing.

        reprise explain -e train
        reprise explain -e train -P alpha=0.5
        reprise explain -e train --run brave-otter-12
        reprise explain -e train --json
      """)

  @Argument(help: "The project: a folder, a zip file or a git URL, with an optional `#subfolder`.")
  var uri = "."

  @OptionGroup var options: RunOptions

  @Option(
    name: .customLong("run"),
    help: ArgumentHelp("Compare with this run: id, prefix or name.", valueName: "run"))
  var reference: String?

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try Place(global)
    let console = global.console
    let request = try options.request(for: uri, in: place)
    let source = try await ProjectSource.open(request) { console.note($0) }
    let plan = try RunPlan(request, source: source)
    let performance = RunPerformance(
      plan: plan, settings: try options.recording.settings(), place: place, console: console,
      stopped: StopFlag())
    let explanation = try await performance.run().explain(against: reference)
    console.show(explanation.json) { ExplanationPage(explanation, console: console).text }
  }
}
