import ArgumentParser
import Formats
import Platform
import SystemPackage
import Templates

/// `reprise template lint`: every problem of a template at once.
struct TemplateLint: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Find every problem of a template at once.",
    discussion: """
      Syntax errors, names that no question declares, questions that nothing uses, comparisons with what is no choice. \
      The exit status is 1 when something would keep a project from being made (or anything is found, with --strict).

      Example: reprise template lint ./my-template
      """)

  @Argument(help: "The template's folder.")
  var template = "."

  @Flag(help: "What only looks wrong counts too.")
  var strict = false

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    let place = try Place(global)
    let folder = try FileSystem.absolute(FilePath(template), in: place.folder)
    let variables = place.variables
    let findings = try await ParallelWork.onDeepThread {
      try TemplateLinter.findings(folder, variables: variables)
    }
    let console = global.console
    let json = JSONValue.array(
      findings.map { finding in
        .object([
          .init("rule", .string(finding.rule.rawValue)), .init("message", .string(finding.message)),
          .init("file", .string(finding.location.file)),
          .init("line", finding.location.line.map { .int(Int64($0)) } ?? .null),
          .init("column", finding.location.column.map { .int(Int64($0)) } ?? .null),
          .init("error", .bool(finding.isError)),
        ])
      })
    console.show(json) {
      findings.map { finding in
        let word =
          finding.isError ? console.styled("error", .red) : console.styled("warning", .yellow)
        return "\(finding.location): \(word): \(finding.message) [\(finding.rule.rawValue)]"
      }.joined(separator: "\n")
    }
    let errors = findings.count { $0.isError }
    if findings.isEmpty { console.note("nothing found") }
    if errors > 0 || (strict && !findings.isEmpty) { throw ExitCode(Failure.Code.no.exitCode) }
  }
}
