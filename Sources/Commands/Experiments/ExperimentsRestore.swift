import ArgumentParser
import Records
import Runner

/// `reprise experiments restore`: brings a deleted experiment and its runs back.
struct ExperimentsRestore: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Bring a deleted experiment and its runs back.",
    discussion: "Example: reprise experiments restore ablation")

  @Argument(help: "The experiment: name or id.")
  var experiment: String

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    try ExperimentReference.change(experiment, in: records, console: console) { store, found in
      try store.restoreExperiment(found.id)
      return "restored experiment \(found.name)"
    }
  }
}
