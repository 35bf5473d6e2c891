import ArgumentParser
import Formats
import Platform
import Records
import Runner
import Server

/// `reprise server start`, and `reprise server` alone.
struct ServerStart: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "start",
    abstract: "Serve until the first Ctrl-C; what was begun is answered first.")

  @OptionGroup var options: ServerOptions
  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    try await ServerRun(records, options, console: console).perform()
  }
}
