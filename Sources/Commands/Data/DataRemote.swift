import ArgumentParser
import Datasets
import Formats
import Platform
import SystemPackage

/// `reprise data remote`: where contents are sent to.
struct DataRemote: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remote",
    abstract: "List and change the places where contents are sent to.",
    discussion: """
      They stand in .dvc/config, which git keeps; --local writes .dvc/config.local, which stays on this machine.

        reprise data remote add --default storage s3://bucket/team
        reprise data remote modify --local storage access_key_id AKIA...
        reprise data remote list
      """,
    subcommands: [List.self, Add.self, Modify.self, Remove.self, Default.self],
    defaultSubcommand: List.self)

  /// The file that is changed.
  struct Target: ParsableArguments {
    @Flag(help: "In .dvc/config.local, which git leaves out.")
    var local = false

    func change(
      _ global: GlobalOptions, _ body: (inout SettingsFile, DataRepository) throws -> Void
    ) throws {
      let place = try DataPlace(global)
      let (repository, _) = try DataRepository.findOrSetUp(
        from: place.place.folder, variables: place.place.variables)
      let name = local ? "config.local" : "config"
      var file = try SettingsFile(repository.root.appending(".dvc").appending(name))
      try body(&file, repository)
      try file.save()
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the remotes.",
      discussion: "Example: reprise data remote list")

    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let place = try DataPlace(global)
      let settings = try place.repository().settings
      let standard = settings["core", "remote"]?.value
      let rows = settings.remotes.map { name in
        (name: name, url: settings.remote(name)["url"]?.value ?? "", isDefault: name == standard)
      }
      place.console.show(
        .array(
          rows.map {
            ["name": .string($0.name), "url": .string($0.url), "default": .bool($0.isDefault)]
          })
      ) {
        rows.isEmpty
          ? "no remotes; `reprise data remote add --default NAME URL`"
          : rows.map { "\($0.name)\t\($0.url)\($0.isDefault ? "\t(default)" : "")" }
            .joined(separator: "\n")
      }
    }
  }

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Add a remote: a folder, s3://, http(s):// or ssh://.",
      discussion: "Example: reprise data remote add --default storage s3://bucket/team")

    @Argument(help: "A name for it.") var name: String
    @Argument(help: "Its address.") var url: String

    @Flag(name: [.long, .customShort("d")], help: "Make it the default one.")
    var `default` = false

    @Flag(name: .shortAndLong, help: "Replace a remote of that name.")
    var force = false

    @OptionGroup var target: Target
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      guard !name.isEmpty, !name.contains(where: { "\"'[]\n/".contains($0) }) else {
        throw ValidationError("a remote's name has no quotes, brackets and slashes")
      }
    }

    func run() async throws {
      try target.change(global) { file, repository in
        guard force || repository.settings.remote(name)["url"] == nil else {
          throw Failure(
            .conflict, "there is a remote `\(name)` already", hint: "`--force` replaces it")
        }
        if `default` { file.set("core", "remote", name) }
        file.set("remote \"\(name)\"", "url", try shown(in: repository))
      }
    }

    /// A folder as it is seen from the configuration's own.
    private func shown(in repository: DataRepository) throws -> String {
      guard !url.contains("://"), !url.hasPrefix("/") else { return url }
      let full = try FileSystem.absolute(FilePath(url), in: Place(global).folder)
      let from = repository.root.appending(".dvc")
      var mine = Array(from.components)
      var theirs = Array(full.components)
      while let a = mine.first, let b = theirs.first, a == b {
        mine.removeFirst()
        theirs.removeFirst()
      }
      let steps = mine.map { _ in ".." } + theirs.map(\.string)
      return steps.joined(separator: "/")
    }
  }

  struct Modify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "modify", abstract: "Set a key of a remote.",
      discussion: "Example: reprise data remote modify storage endpointurl http://127.0.0.1:9000")

    @Argument(help: "The remote.") var name: String
    @Argument(help: "The key, as in DVC's configuration.") var key: String
    @Argument(help: "Its value.") var value: String
    @OptionGroup var target: Target
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      try target.change(global) { file, repository in
        guard repository.settings.remotes.contains(name) else {
          throw Failure(.notFound, "there is no remote `\(name)`")
        }
        file.set("remote \"\(name)\"", key.lowercased(), value)
      }
    }
  }

  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Take a remote away; what is there stays.",
      discussion: "Example: reprise data remote remove storage")

    @Argument(help: "The remote.") var name: String
    @OptionGroup var target: Target
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      try target.change(global) { file, repository in
        guard file.remove("remote \"\(name)\"") else {
          throw Failure(.notFound, "there is no remote `\(name)`", hint: "see `--local`")
        }
        if repository.settings["core", "remote"]?.value == name { file.remove("core", "remote") }
      }
    }
  }

  struct Default: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "default", abstract: "Make a remote the default one.",
      discussion: "Example: reprise data remote default storage")

    @Argument(help: "The remote.") var name: String
    @OptionGroup var target: Target
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      try target.change(global) { file, repository in
        guard repository.settings.remotes.contains(name) else {
          throw Failure(
            .notFound, "there is no remote `\(name)`",
            hint: nearestName(to: name, among: repository.settings.remotes).map {
              "did you mean `\($0)`?"
            })
        }
        file.set("core", "remote", name)
      }
    }
  }
}
