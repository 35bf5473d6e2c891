import ArgumentParser
import Records
import Runner

/// `reprise experiments create`: makes an experiment.
struct ExperimentsCreate: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Create an experiment.",
    discussion: "Example: reprise experiments create ablation")

  @Argument(help: "The name.")
  var name: String

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    try records.create()
    let store = try RecordStore(in: records.path)
    let experiment = try store.createExperiment(name)
    console.show(experiment.json) { "created experiment \(experiment.id) \(experiment.name)" }
  }
}
