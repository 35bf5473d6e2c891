import ArgumentParser
import Records
import Runner

/// `reprise experiments delete`: takes an experiment and its runs out of the listings.
struct ExperimentsDelete: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Take an experiment and its runs out of the listings.",
    discussion: "Example: reprise experiments delete ablation")

  @Argument(help: "The experiment: name or id.")
  var experiment: String

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let (store, found) = try ExperimentReference.open(experiment, in: records)
    try store.deleteExperiment(found.id)
    let json = try store.experiment(id: found.id).json
    console.show(json) { "deleted experiment \(found.name)" }
  }
}
