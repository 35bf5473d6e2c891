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
    let runs = try store.pages(selection.request(in: store, limit: Int(Int32.max)))
    guard let output else { return try write(runs) { console.write($0) } }
    let path = try FileSystem.absolute(FilePath(output), in: Place(global).folder)
    try FileSystem.write(to: path) { put in try write(runs, to: put) }
    console.note("wrote \(runs.count) runs to \(output)")
  }

  private func write(_ runs: RunPages, to put: ([UInt8]) throws -> Void) throws {
    switch format {
    case .json:
      var list = JSONListText()
      try runs.forEach { try put(list.text(of: $0.map(\.json))) }
      try put(list.end)
    case .csv:
      let sheet = RunSheet(names: try runs.names())
      try put(sheet.head)
      try runs.forEach { try put(sheet.lines($0)) }
    }
  }
}
