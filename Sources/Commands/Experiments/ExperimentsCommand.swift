import ArgumentParser

/// `reprise experiments`: the groups that runs are recorded under.
struct ExperimentsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "experiments",
    abstract: "List, create, rename, delete and restore experiments.",
    discussion: """
      Example: reprise experiments create ablation
               reprise run -e train --experiment-name ablation
      """,
    subcommands: [
      ExperimentsList.self, ExperimentsCreate.self, ExperimentsRename.self,
      ExperimentsDelete.self, ExperimentsRestore.self,
    ],
    defaultSubcommand: ExperimentsList.self)
}
