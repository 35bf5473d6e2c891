import Platform
import SystemPackage

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
