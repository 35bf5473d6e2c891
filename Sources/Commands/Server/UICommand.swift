import ArgumentParser
import Runner

/// `reprise ui`: the records in a browser.
struct UICommand: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "ui",
    abstract: "Look at the records in a browser.",
    discussion: """
      Serves the records of the project until Ctrl-C, and prints where:

        reprise ui --port 0
      """)

  @OptionGroup var options: ServerOptions
  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    try await ServerRun(records, options, console: console).perform()
  }
}
