import ArgumentParser
import Checks
import Formats
import Platform

/// `reprise score`: how ready a project is for people to depend on it.
struct ScoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Score how ready a project is for production, by what is found in it.",
    discussion: """
      The ML Test Score (Breck and others 2017) asks 28 things of a system that learns, seven each of its data, its model, its \
      infrastructure and its monitoring. One point is for what is tested by itself and passes, half a point for what is there \
      or written down; the score is the least of the four sums. The evidence is looked for: results of `reprise test`, runs, \
      replays, the registry, files. Nothing can be ticked. What only people can look after is written down in a file, which \
      tests/score.yml names:

        privacy: docs/privacy.md
        canary: docs/releases.md

      Examples:
        reprise score
        reprise score --min 2
        reprise score --json
      """)

  @Option(
    name: .customLong("min"),
    help: ArgumentHelp("Exit with status 1 below this score.", valueName: "score"))
  var least: Double?

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let evidence = try ScoreEvidence(Place(global))
    let console = global.console
    console.show(Self.json(evidence)) { ScorePage(evidence.score).text(console) }
    for problem in evidence.problems { console.warn(problem) }
    if let least, evidence.score.total < least { throw ExitCode(Failure.Code.no.exitCode) }
  }

  private static func json(_ evidence: ScoreEvidence) -> JSONValue {
    .object(
      (evidence.score.json.members ?? [])
        + [.init("problems", .array(evidence.problems.map(\.json)))])
  }
}
