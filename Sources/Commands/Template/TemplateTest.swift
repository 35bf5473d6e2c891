import ArgumentParser
import Formats
import Platform
import SystemPackage
import Templates

/// `reprise template test`: renders a template with its choices combined.
struct TemplateTest: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Render a template with every combination of its choices, and try each.",
    discussion: """
      Up to --limit combinations are tried in full; of more, so many that every two choices meet once. A command is run in \
      each project. The exit status is 1 when one of them fails.

        reprise template test ./my-template
        reprise template test ./my-template "python3 -m compileall -q ."
        reprise template test ./my-template --answer project_name=Example
      """)

  @Argument(help: "The template's folder.")
  var template = "."

  @Argument(help: "Shell text to run in each project.")
  var command: String?

  @Option(
    name: .customLong("answer"), parsing: .singleValue,
    help: ArgumentHelp(
      "An answer for all combinations, such as to a question without a default.",
      valueName: "key=value"))
  var answers: [String] = []

  @Option(help: "Try all combinations up to this many.")
  var limit = 64

  @Flag(help: "Run the template's hooks and tasks.")
  var trust = false

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    let place = try Place(global)
    let project = try TemplateProject(global)
    var trials = TemplateTrials(
      template: try FileSystem.absolute(FilePath(template), in: place.folder),
      variables: place.variables, renderer: project.renderer)
    trials.isTrusted = trust
    let fixed = try TemplateProject.given(answers)
    let factors = try trials.factors().filter { factor in
      !fixed.contains { $0.key == factor.name }
    }
    var results: [TemplateTrials.Result] = []
    for row in AnswerCombinations.rows(of: factors, limit: limit) {
      let given = zip(factors, row).map { factor, place in
        RenderingRequest.Given(factor.name, factor.values[place])
      }
      results.append(try await trials.attempt(given + fixed, command: command))
    }
    show(results, global.console)
    if results.contains(where: { $0.failure != nil }) {
      throw ExitCode(Failure.Code.no.exitCode)
    }
  }

  private func show(_ results: [TemplateTrials.Result], _ console: Console) {
    let failed = results.filter { $0.failure != nil }
    let json = JSONValue.object([
      .init("tried", .int(Int64(results.count))), .init("failed", .int(Int64(failed.count))),
      .init(
        "results",
        .array(
          results.map { result in
            .object([
              .init(
                "answers", .object(result.answers.map { .init($0.key, .string($0.value)) })),
              .init("files", .int(Int64(result.files))),
              .init("error", result.failure.map { .string($0.message) } ?? .null),
            ])
          })),
    ])
    console.show(json) {
      var lines: [String] = []
      for result in failed {
        let answers = result.answers.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        lines.append(
          console.styled("failed", .red) + "  " + (answers.isEmpty ? "the defaults" : answers))
        if let failure = result.failure {
          lines.append("  \(failure.message)" + (failure.location.map { "  (\($0))" } ?? ""))
          if let cause = failure.cause { lines.append("  " + cause) }
        }
      }
      lines.append("\(results.count) combinations, \(failed.count) failed")
      return lines.joined(separator: "\n")
    }
  }
}
