import ArgumentParser
import Platform
import Runner

/// A command that works on the records of a project.
protocol RecordsCommand: AsyncParsableCommand {
  var global: GlobalOptions { get }

  /// Does the work.
  func run(in records: RecordsFolder, console: Console) async throws
}

extension RecordsCommand {
  mutating func run() async throws {
    let place = try Place(global)
    let records = RecordsFolder.nearest(to: place.folder, variables: place.variables)
    try await run(in: records, console: global.console)
  }
}
