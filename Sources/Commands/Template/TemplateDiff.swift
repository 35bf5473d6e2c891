import ArgumentParser
import Formats
import Platform
import Templates

/// `reprise template diff`: what the project changed of what its template made.
struct TemplateDiff: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare the project with what its template made.",
    discussion: """
      Only files that the template made are compared. The exit status is 0 when none differs, 1 when one does.

      Example: reprise template diff
      """)

  @Flag(help: "Run the programs that a copier template brings.")
  var trust = false

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    var updater = try TemplateProject(global).updater()
    updater.isTrusted = trust
    let text = try await updater.difference()
    if global.printsJSON {
      global.console.show(["diff": .string(String(decoding: text, as: UTF8.self))]) { "" }
    } else {
      global.console.write(text)
    }
    if !text.isEmpty { throw ExitCode(Failure.Code.no.exitCode) }
  }
}
