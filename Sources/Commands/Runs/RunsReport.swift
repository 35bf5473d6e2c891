import ArgumentParser
import Formats
import Notebooks
import Platform
import Records
import Runner
import Server
import SystemPackage

/// `reprise runs report`: a run's document, written anew.
struct RunsReport: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a run as a page and as a notebook.",
    discussion: """
      Each run leaves both with its artifacts when it ends: `document/report.html`, one file that needs nothing else, and \
      `document/out.ipynb`. This writes them again, with what was recorded since, such as the verdict of a replay.

      Example: reprise runs report latest -o report.html
      """)

  @Argument(help: "The run: id, prefix, name, `latest` or `latest~N`.")
  var run = "latest"

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write to this file instead: a page, or a notebook when it ends in .ipynb.",
      valueName: "file"))
  var output: String?

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let store = try RecordReader.require(records)
    let run = try store.run(store.resolve(run))
    let page = ReportPage()
    let writer = DocumentWriter(store, page)
    guard let output else {
      try writer.write(run)
      let path = DocumentFolder(of: run).report.string
      return console.show(.object([.init("report", .string(path))])) { path + "\n" }
    }
    let path = try FileSystem.absolute(FilePath(output), in: Place(global).folder)
    let notebook = try writer.notebook(of: run)
    if path.extension == "ipynb" {
      try notebook.write(to: path, durable: true)
    } else {
      try FileSystem.write(page.report(of: run, in: store, notebook: notebook), to: path)
    }
    console.note("wrote run \(run.name) to \(output)")
  }
}
