import ArgumentParser
import Formats
import Platform
import Records
import Runner
import SystemPackage

/// `reprise export mlflow`: the records move to an MLflow installation.
struct ExportMLflow: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "mlflow",
    abstract: "Bring the experiments, runs, models and artifacts to an MLflow installation.",
    discussion: """
      A folder becomes an `mlruns` folder, in which runs and models keep their ids. A server gives them ids of its own; \
      what was brought there is known by its tag `reprise.id`, so a second export brings what is new.

      Examples:
        reprise export mlflow ./mlruns
        reprise export mlflow http://127.0.0.1:5000

      A database is written by MLflow itself: start `mlflow server --backend-store-uri sqlite:///mlflow.db` and export to \
      its address.
      """)

  @Argument(
    help: ArgumentHelp("A folder, or the address of a server.", valueName: "where"))
  var address: String

  @Option(
    name: .customLong("experiment"),
    help: ArgumentHelp(
      "Only this experiment, and not the registry; may be given again.", valueName: "name"))
  var experiments: [String] = []

  @Flag(help: "Leave the files of runs and models where they are.")
  var noArtifacts = false

  @Flag(help: "Print what would be brought, and bring nothing.")
  var dryRun = false

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let place = try Place(global)
    let store = try RecordReader.require(records)
    let line = ProgressLine(console: console)
    let report = ExchangeReport { failure in
      line.clear()
      if !console.printsJSON { console.warn(failure) }
    }
    let target = try ExchangeAddress(address, in: place.folder).target(
      isDry: dryRun, variables: place.variables, report: report)
    let exchange = Exchange(
      from: try RecordsSource(store, report: report), to: target,
      ExchangeOptions(
        experiments: experiments, bringsArtifacts: !noArtifacts, isDry: dryRun),
      report: report, progress: line)
    let summary = try exchange.perform()
    try ExchangePage(console, verb: dryRun ? "would bring" : "brought", isDry: dryRun)
      .show(summary, report)
  }
}
