import ArgumentParser

/// `reprise export`: a run as an archive, or the records in the form of another program.
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Make an archive of a run, or hand the records over to another program.",
    discussion: """
      Examples:
        reprise export latest -o run.zip
        reprise export mlflow ./mlruns

      `reprise export run --help` says what an archive holds.
      """,
    subcommands: [ExportRun.self, ExportMLflow.self],
    defaultSubcommand: ExportRun.self)
}
