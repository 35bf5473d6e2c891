import ArgumentParser

/// `reprise import`: what other programs recorded comes into the records.
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring in what another program recorded.",
    subcommands: [ImportMLflow.self])
}
