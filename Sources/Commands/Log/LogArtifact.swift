import ArgumentParser
import Platform
import Records
import SystemPackage

/// `reprise log artifact`: a file or folder that is kept with a run.
struct LogArtifact: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "artifact", abstract: "Keep a file or a folder with the run.",
    discussion: "Example: reprise log artifact reports/plot.png --path figures")

  @Argument(help: "The file or folder.")
  var file: String

  @Option(help: ArgumentHelp("The folder among the artifacts to put it in.", valueName: "folder"))
  var path: String?

  @OptionGroup var target: LogTarget

  func run() async throws {
    let (store, id, _, place) = try target.open()
    let run = try store.run(id)
    guard run.lifecycle == .active else {
      throw Failure(
        .conflict, "run `\(run.name)` is deleted", hint: "`reprise runs restore` it first")
    }
    let source = try FileSystem.absolute(FilePath(file), in: place.folder)
    guard let name = source.lastComponent, FileSystem.exists(source) else {
      throw Failure(.notFound, "`\(file)` does not exist")
    }
    let root = FilePath(run.artifactURI)
    guard let folder = root.lexicallyResolving(FilePath(path ?? ".")) else {
      throw Failure(.usage, "`\(path ?? "")` leaves the run's artifacts")
    }
    try FileSystem.copyTree(source, to: folder.appending(name))
  }
}
