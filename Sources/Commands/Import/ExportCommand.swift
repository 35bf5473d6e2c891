import ArgumentParser

/// `reprise export`: the records in the form of another program.
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Hand the records over to another program.",
    subcommands: [ExportMLflow.self])
}
