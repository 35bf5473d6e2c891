import ArgumentParser
import Formats
import Platform
import Records
import Runner
import Server
import SystemPackage

/// `reprise runs diff`: what is not the same in two runs.
struct RunsDiff: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare two runs: parameters, metrics, code, inputs, environment.",
    discussion: """
      The exit status is 0 when nothing differs and 1 when something does.

      Example: reprise runs diff latest~1 latest --html difference.html
      """)

  @Argument(help: "The first run: id, prefix, name, `latest` or `latest~N`.")
  var first = "latest~1"

  @Argument(help: "The second run.")
  var second = "latest"

  @Flag(help: "Show which files of the code differ, and not how.")
  var stat = false

  @Option(
    help: ArgumentHelp(
      "Write both runs side by side as a page, with their curves and what their cells put out.",
      valueName: "file"))
  var html: String?

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let store = try RecordReader.require(records)
    let a = try store.run(store.resolve(first))
    let b = try store.run(store.resolve(second))
    let code = try CodeDifference(a, b, project: records.path.removingLastComponent())
    let difference = RunDifference(a, b, code: code)
    if let html {
      let path = try FileSystem.absolute(FilePath(html), in: Place(global).folder)
      let writer = DocumentWriter(store, nil)
      try FileSystem.write(
        DifferencePage(
          difference, in: store, notebooks: (writer.notebook(of: a), writer.notebook(of: b))
        ).bytes, to: path)
      console.note("wrote the difference of \(a.name) and \(b.name) to \(html)")
      if !difference.isEmpty { throw ExitCode(Failure.Code.no.exitCode) }
      return
    }
    console.show(difference.json) {
      RunDifferencePage(difference, console: console, isShort: stat).text
    }
    if !difference.isEmpty { throw ExitCode(Failure.Code.no.exitCode) }
  }
}
