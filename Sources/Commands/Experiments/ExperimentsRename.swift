import ArgumentParser
import Records
import Runner

/// `reprise experiments rename`: gives an experiment another name.
struct ExperimentsRename: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename", abstract: "Rename an experiment.",
    discussion: "Example: reprise experiments rename ablation \"ablation of dropout\"")

  @Argument(help: "The experiment: name or id.")
  var experiment: String

  @Argument(help: "The new name.")
  var name: String

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    try ExperimentReference.change(experiment, in: records, console: console) { store, found in
      try store.renameExperiment(found.id, to: name)
      return "renamed \(found.name) to \(name)"
    }
  }
}
