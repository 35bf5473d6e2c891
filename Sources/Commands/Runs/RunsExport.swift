import ArgumentParser
import Formats
import Platform
import Records
import Runner
import SystemPackage

/// `reprise runs export`: runs as CSV or JSON, for a spreadsheet or a script.
struct RunsExport: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write runs as CSV or JSON.",
    discussion: """
      A CSV has one row a run; parameters, metrics and tags have columns named `params.K`, `metrics.K` and `tags.K`, as \
      `mlflow.search_runs` names them.

      Example: reprise runs export --format csv --filter "metrics.accuracy > 0.9" -o runs.csv
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable, Sendable { case csv, json }

  @Option(help: "csv or json.")
  var format = Format.csv

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"))
  var output: String?

  @OptionGroup var selection: RunSelection
  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let store = try RecordReader.require(records)
    let runs = try store.search(selection.request(in: store, limit: Int(Int32.max)))
    let bytes =
      switch format {
      case .json:
        Array((JSONValue.array(runs.map(\.json)).text(.indented, sortingKeys: true) + "\n").utf8)
      case .csv: RunSheet(runs).bytes
      }
    if let output {
      let path = try FileSystem.absolute(FilePath(output), in: Place(global).folder)
      try FileSystem.write(bytes, to: path)
      console.note("wrote \(runs.count) runs to \(output)")
    } else {
      console.write(bytes)
    }
  }
}
