import ArgumentParser
import Formats
import Platform
import Records
import Runner
import SystemPackage

/// `reprise import mlflow`: an MLflow installation moves into the records.
struct ImportMLflow: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "mlflow",
    abstract: "Bring in the experiments, runs, models and artifacts of an MLflow installation.",
    discussion: """
      Runs and logged models keep their ids, versions of models their numbers; an experiment goes into the one of its \
      name. What is there already stays as it is, so a second import brings what is new and one that was stopped goes on.

      Examples:
        reprise import mlflow sqlite:///mlflow.db
        reprise import mlflow ./mlruns
        reprise import mlflow http://tracking.example.com:5000

      A server that wants credentials gets those of MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or of \
      MLFLOW_TRACKING_TOKEN.
      """)

  @Argument(
    help: ArgumentHelp(
      "An `mlruns` folder, sqlite:///FILE, or the address of a server.", valueName: "where"))
  var address: String

  @Option(
    name: .customLong("experiment"),
    help: ArgumentHelp(
      "Only this experiment, and not the registry; may be given again.", valueName: "name"))
  var experiments: [String] = []

  @Option(
    help: ArgumentHelp(
      "A folder that artifacts may be read from, beside the installation's own; may be given again.",
      valueName: "folder"))
  var artifacts: [String] = []

  @Flag(help: "Leave the files of runs and models where they are.")
  var noArtifacts = false

  @Flag(help: "Print what would be brought, and bring nothing.")
  var dryRun = false

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let place = try Place(global)
    let address = try ExchangeAddress(address, in: place.folder)
    let folders = artifacts.map { place.folder.pushing(FilePath($0)) }
    let line = ProgressLine(console: console)
    let page = ExchangePage(console, verb: dryRun ? "would bring" : "brought", isDry: dryRun)
    let report = ExchangeReport { failure in
      line.clear()
      if !console.printsJSON { console.warn(failure) }
    }
    let source = try address.source(
      artifacts: folders, variables: place.variables, report: report)
    let store = try open(records)
    let exchange = Exchange(
      from: source, to: try RecordsTarget(store, isDry: dryRun),
      ExchangeOptions(
        experiments: experiments, bringsArtifacts: !noArtifacts, isDry: dryRun),
      report: report, progress: line)
    let summary = try exchange.perform()
    if !dryRun { try store.emptyLog() }
    try page.show(summary, report)
  }

  private func open(_ records: RecordsFolder) throws -> RecordStore {
    if dryRun, let store = try RecordReader.open(records) { return store }
    try records.create()
    return try RecordStore(in: records.path)
  }
}
