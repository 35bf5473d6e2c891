import ArgumentParser
import Platform
import Records
import Runner
import SystemPackage

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

/// Where and with which variables a command was started.
struct Place {
  var folder: FilePath
  var variables: [String: String]

  init(folder: FilePath, variables: [String: String]) {
    self.folder = folder
    self.variables = variables
  }

  init(_ global: GlobalOptions) throws {
    let current = try FileSystem.workingDirectory()
    folder = try FileSystem.absolute(FilePath(global.directory ?? "."), in: current)
    variables = ProcessVariables.all()
    guard FileSystem.isDirectory(folder) else {
      throw Failure(.notFound, "`\(folder)` is not a folder", hint: "see `--directory`")
    }
  }
}
