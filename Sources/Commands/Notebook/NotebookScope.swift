import ArgumentParser
import Checks
import Platform
import SystemPackage

/// Whose git is told what to do with notebooks.
struct NotebookScope: ParsableArguments {
  @Flag(
    name: .customLong("global"), help: "In your own configuration of git, for all repositories.")
  var isGlobal = false

  @Flag(name: .customLong("system"), help: "In the machine's configuration of git.")
  var isSystem = false

  @Option(
    help: ArgumentHelp("The file of attributes, in place of `.gitattributes`.", valueName: "file"))
  var attributes: String?

  var scope: NotebookDrivers.Scope { isSystem ? .system : isGlobal ? .global : .local }
}

/// Installs git's drivers for notebooks and tells of it.
struct NotebookDriversPage {
  private let scope: NotebookScope
  private let global: GlobalOptions

  init(_ scope: NotebookScope, _ global: GlobalOptions) {
    self.scope = scope
    self.global = global
  }

  private func drivers() throws -> NotebookDrivers {
    let place = try Place(global)
    let git = try GitProgram(in: place.folder, variables: place.variables)
    let file = try scope.attributes.map {
      try FileSystem.absolute(FilePath($0), in: place.folder)
    }
    return try NotebookDrivers(
      git, scope: scope.scope, program: FileSystem.realPath("/proc/self/exe") ?? "reprise",
      file: file, in: place.folder, variables: place.variables)
  }

  func install() throws {
    tell(try drivers().install(), "git's drivers for notebooks are in place")
  }

  func uninstall() throws { tell(try drivers().uninstall(), "there are no drivers of ours") }

  private func tell(_ lines: [String], _ nothing: String) {
    for line in lines.isEmpty ? [nothing] : lines { global.console.print(line) }
  }

  /// - Throws: `ExitCode` 1 when they are not installed.
  func status(isSilent: Bool) throws {
    let status = try drivers().status()
    if !isSilent {
      global.console.print(
        status.isInstalled
          ? "git strips, compares and merges notebooks with reprise"
          : "git's drivers for notebooks are not installed")
      for (key, value) in status.settings { global.console.print("  \(key) = \(value)") }
      for (file, line) in status.attributes { global.console.print("  \(file): \(line)") }
      for (file, line) in status.others {
        global.console.print("  \(file): \(line) (another tool, which git believes first)")
      }
    }
    if !status.isInstalled { throw ExitCode(1) }
  }
}
