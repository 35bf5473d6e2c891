import ArgumentParser

/// The root of the command line.
struct RepriseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reprise",
    abstract: "Every run can be played again.",
    discussion: """
      Run an entry point of a project and record it:

        reprise run -e train -P alpha=0.5

      Then look at what happened:

        reprise runs
        reprise runs show latest
        reprise runs diff latest~1 latest

      And play it again:

        reprise replay latest
      """,
    version: Program.version,
    subcommands: [
      NewCommand.self, UpdateCommand.self, TemplateCommand.self, RenderCommand.self,
      RunCommand.self, ReplayCommand.self, ExplainCommand.self, RunsCommand.self,
      ExperimentsCommand.self, LogCommand.self,
      DataCommand.self, NotebookCommand.self, CheckCommand.self, TestCommand.self,
      ScoreCommand.self,
      RulesCommand.self,
      HooksCommand.self,
      TrainCommand.self, PredictCommand.self, ModelsCommand.self,
      UICommand.self, ServerCommand.self, ImportCommand.self, ExportCommand.self,
      DatabaseCommand.self,
      AboutCommand.self,
    ])
}
