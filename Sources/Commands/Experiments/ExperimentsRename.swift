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
    let (store, found) = try ExperimentReference.open(experiment, in: records)
    try store.renameExperiment(found.id, to: name)
    let json = try store.experiment(id: found.id).json
    console.show(json) { "renamed \(found.name) to \(name)" }
  }
}
