import ArgumentParser
import Datasets
import Formats
import Git
import Platform
import SystemPackage

/// `reprise data get`.
struct DataGet: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "get",
    abstract: "Take a file or folder out of another repository.",
    discussion: """
      The repository is a folder or an address that git knows. Versioned data comes from its cache or its remote, other \
      files from git. No project is needed here.

        reprise data get ../registry images/cats -o cats
        reprise data get https://example.com/team/registry.git prices.csv --rev v2
      """)

  @OptionGroup var origin: OriginOptions
  @Flag(name: .shortAndLong, help: "Replace what is there.") var force = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try DataPlace(global)
    let from = try origin.open(place, from: [place.place.folder])
    let target = try origin.output.map(place.path) ?? place.place.folder
    let made = try DataDownload(from, watch: place.watch("taking")).download(
      FilePath(origin.path), to: target, isForced: force)
    place.line.clear()
    place.console.show(["path": .string(made.string), "commit": .string(from.commit)]) {
      "\(made) as of \(from.commit.prefix(9))"
    }
  }
}

/// `reprise data import`.
struct DataImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take data of another repository into this one, and remember where it came from.",
    discussion: """
      The .dvc file names the repository and the commit; `reprise data update` brings a newer one.

      Example: reprise data import ../registry images/cats -o data/cats --rev v1
      """)

  @OptionGroup var origin: OriginOptions
  @Flag(name: .shortAndLong, help: "Replace what is there.") var force = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try DataPlace(global)
    let (repository, isNew) = try DataRepository.findOrSetUp(
      from: place.place.folder, variables: place.place.variables)
    if isNew { place.console.note("set up \(repository.root.appending(".dvc"))") }
    let from = try origin.open(place, from: [place.place.folder, repository.root])
    let target = try place.relative(origin.output ?? ".", in: repository)
    let imported = try DataImport(repository, watch: place.watch("taking")).add(
      FilePath(origin.path), of: from, to: target, isForced: force)
    place.line.clear()
    place.console.show(imported.json) {
      "imported \(imported.path) as of \(imported.commit.prefix(9))"
    }
    var files = imported.forGit
    if isNew { files += [".dvc", ".dvcignore"] }
    place.noteGit(files, in: repository)
  }
}

/// `reprise data update`.
struct DataUpdate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Bring imported data to what its repository has now.",
    discussion: """
      The branch or tag that was asked for is looked up again; --rev asks for another one.

      Example: reprise data update data/cats
      """)

  @Argument(help: ArgumentHelp("Imported paths; all when there is none.", valueName: "path"))
  var paths: [String] = []

  @Option(help: ArgumentHelp("Another branch, tag or commit.", valueName: "rev"))
  var rev: String?

  @Flag(name: .shortAndLong, help: "Drop changes that no version holds.") var force = false

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try DataPlace(global)
    let repository = try place.repository()
    let chosen = try place.tracked(paths, in: repository).map(\.tracked)
    let importing = DataImport(repository, watch: place.watch("taking"))
    var done: [DataImport.Imported] = []
    for tracked in chosen {
      let imported = try importing.update(tracked, to: rev, isForced: force) {
        url, revision, pointer in
        try DataOrigin.open(
          url, at: revision,
          from: [
            place.place.folder, repository.root,
            repository.root.pushing(pointer).removingLastComponent(),
          ], mirrors: OriginOptions.mirrors(place), variables: place.place.variables)
      }
      if let imported {
        done.append(imported)
      } else if !paths.isEmpty {
        throw Failure(
          .invalid, "`\(tracked.path)` was not imported from anywhere",
          hint: "`reprise data add \(tracked.path)` makes its next version")
      }
    }
    place.line.clear()
    place.console.show(.array(done.map(\.json))) {
      done.isEmpty
        ? "nothing was imported"
        : done.map { item in
          item.isChanged
            ? "updated \(item.path) to \(item.commit.prefix(9))"
            : "\(item.path) is up to date (\(item.commit.prefix(9)))"
        }.joined(separator: "\n")
    }
    place.noteGit(done.flatMap(\.forGit), in: repository)
  }
}

/// Which path of which repository, and where it goes.
struct OriginOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("A folder, or an address that git knows.", valueName: "repo"))
  var url: String

  @Argument(help: "A path from the top of that repository.")
  var path: String

  @Option(
    name: [.customShort("o"), .customLong("out")],
    help: ArgumentHelp("Where it goes; its own name here when not given.", valueName: "path"))
  var output: String?

  @Option(
    help: ArgumentHelp("A branch, tag or commit; the default branch if none.", valueName: "rev"))
  var rev: String?

  func open(_ place: DataPlace, from folders: [FilePath]) throws -> DataOrigin {
    try DataOrigin.open(
      url, at: rev, from: folders, mirrors: Self.mirrors(place), variables: place.place.variables)
  }

  static func mirrors(_ place: DataPlace) -> RepositoryCache {
    RepositoryCache(UserFolders.cache(place.place.variables).appending("repositories"))
  }
}

extension DataImport.Imported {
  var json: JSONValue {
    [
      "path": .string(path.string), "pointer": .string(pointer.string), "commit": .string(commit),
      "changed": .bool(isChanged),
    ]
  }
}
