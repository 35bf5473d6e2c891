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
    try ExperimentReference.change(experiment, in: records, console: console) { store, found in
      try store.deleteExperiment(found.id)
      return "deleted experiment \(found.name)"
    }
  }
}
