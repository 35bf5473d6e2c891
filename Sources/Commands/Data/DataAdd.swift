import ArgumentParser
import Datasets
import Formats
import Platform
import SystemPackage

/// `reprise data add`.
struct DataAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract:
      "Version files and folders: their content goes into the cache, its name into a .dvc file.",
    discussion: """
      Git keeps the .dvc file, and leaves the data alone. Adding again after a change makes the next version.

      Example: reprise data add data/raw models/best.onnx
      """)

  @Argument(help: ArgumentHelp("Files and folders.", valueName: "path"))
  var paths: [String]

  @Flag(name: .customLong("no-commit"), help: "Write the .dvc file only; keep no content.")
  var keepsNothing = false

  @Option(name: .customLong("desc"), help: ArgumentHelp("What the data is.", valueName: "text"))
  var about: String?

  @Flag(help: "Send the contents to a remote at once, and keep none in the cache.")
  var toRemote = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The remote, when not the default one.", valueName: "name"))
  var remote: String?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if keepsNothing, toRemote {
      throw ValidationError("--no-commit and --to-remote cannot be given together")
    }
    if remote != nil, !toRemote { throw ValidationError("--remote belongs to --to-remote") }
  }

  func run() async throws {
    let place = try DataPlace(global)
    let (repository, isNew) = try DataRepository.findOrSetUp(
      from: place.place.folder, variables: place.place.variables)
    if isNew { place.console.note("set up \(repository.root.appending(".dvc"))") }
    var options = DataAddition.Options()
    options.keepsNothing = keepsNothing
    options.description = about
    let watch = place.watch("adding")
    let addition = DataAddition(repository, options, watch: watch)
    var all: [DataAddition.Added] = []
    let transfer =
      try toRemote
      ? DataTransfer(
        cache: repository.cache,
        store: repository.store(remote, variables: place.place.variables).store, watch: watch)
      : nil
    for path in paths {
      let full = try place.path(path)
      all.append(
        try transfer.map { try addition.add(full, to: $0, from: place.place.folder) }
          ?? addition.add(full))
    }
    place.line.clear()
    let console = place.console
    console.show(.array(all.map(\.json))) {
      all.map { added in
        let what = added.object.isFolder ? "\(added.files) files, " : ""
        let verb = added.isChanged ? "added" : "unchanged"
        return "\(verb) \(added.path) (\(what)\(ByteCount(added.size)))"
      }.joined(separator: "\n")
    }
    var files = all.flatMap(\.forGit)
    if isNew { files += [".dvc", ".dvcignore"] }
    place.noteGit(files, unchanged: all.map(\.pointer), in: repository)
  }
}

extension DataAddition.Added {
  var json: JSONValue {
    [
      "path": .string(path.string), "pointer": .string(pointer.string), "md5": .string(object.text),
      "files": .int(Int64(files)), "size": .int(size), "changed": .bool(isChanged),
    ]
  }
}
