import ArgumentParser
import Formats
import Platform
import Records
import Runner

/// `reprise db check`.
struct DatabaseCheck: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Look for damage in the records.",
    discussion: """
      Checks the file itself, rows that belong to nothing, latest values of metrics, and folders of artifacts without a \
      run. Nothing is changed. The exit status is 0 when all is well and 1 otherwise.

      Example: reprise db check --full
      """)

  @Flag(help: "Also compare every index with its table.")
  var full = false

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let problems = try RecordReader.require(records).check(fully: full)
    console.show([
      "problems": .array(
        problems.map { ["kind": .string($0.kind.rawValue), "message": .string($0.message)] })
    ]) {
      problems.isEmpty ? "all is well" : problems.map(\.message).joined(separator: "\n")
    }
    guard !problems.isEmpty else { return }
    if problems.contains(where: { $0.kind == .damage }) {
      console.note("next: put a backup in its place")
    }
    throw ExitCode(Failure.Code.no.exitCode)
  }
}
