import ArgumentParser
import Formats
import Platform
import Records
import Runner
import SystemPackage

/// `reprise runs diff`: what is not the same in two runs.
struct RunsDiff: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare two runs: parameters, metrics, code, inputs, environment.",
    discussion: """
      The exit status is 0 when nothing differs and 1 when something does.

      Example: reprise runs diff latest~1 latest
      """)

  @Argument(help: "The first run: id, prefix, name, `latest` or `latest~N`.")
  var first = "latest~1"

  @Argument(help: "The second run.")
  var second = "latest"

  @Flag(help: "Show which files of the code differ, and not how.")
  var stat = false

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let store = try RecordReader.require(records)
    let a = try store.run(store.resolve(first))
    let b = try store.run(store.resolve(second))
    let code = try CodeDifference(a, b, project: records.path.removingLastComponent())
    let difference = RunDifference(a, b, code: code)
    console.show(difference.json) {
      RunDifferencePage(difference, console: console, isShort: stat).text
    }
    if !difference.isEmpty { throw ExitCode(Failure.Code.no.exitCode) }
  }
}
