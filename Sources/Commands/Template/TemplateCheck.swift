import ArgumentParser
import Formats
import Platform
import Templates

/// `reprise template check`: whether the template has a newer version.
struct TemplateCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say whether the project's template has a newer version.",
    discussion: """
      The exit status is 0 when the project is up to date, 1 when it is behind, 2 when the template cannot be reached.

      Example, in continuous integration: reprise template check --quiet
      """)

  @Option(help: ArgumentHelp("Compare with this branch, tag or commit.", valueName: "ref"))
  var to: String?

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    let updater = try TemplateProject(global).updater()
    let standing = try await updater.standing(to: to)
    let json = JSONValue.object([
      .init("template", .string(updater.versions.address)),
      .init("current", standing.current.commit.map(JSONValue.string) ?? .null),
      .init("newest", standing.newest.commit.map(JSONValue.string) ?? .null),
      .init("behind", .bool(standing.isBehind)),
    ])
    global.console.show(json) {
      if standing.newest.commit == nil {
        let name = updater.versions.address
        return standing.isBehind
          ? "behind: `\(name)` makes other files now" : "up to date: what `\(name)` makes"
      }
      return standing.isBehind
        ? "behind: the project has \(standing.current.shown), the template \(standing.newest.shown)"
        : "up to date: \(standing.current.shown)"
    }
    if standing.isBehind {
      global.console.note("hint: reprise update")
      throw ExitCode(Failure.Code.no.exitCode)
    }
  }
}
