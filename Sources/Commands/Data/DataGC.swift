import ArgumentParser
import Datasets
import Formats
import Platform
import SystemPackage

/// `reprise data gc`.
struct DataGC: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gc",
    abstract: "Remove contents from the cache that nothing names any more.",
    discussion: """
      What any branch, tag, stash, work tree, index or log of git's leads to is kept, and what came within the last day. \
      Remotes are not touched.

        reprise data gc --dry-run
        reprise data gc --grace 30d
      """)

  @Flag(name: .shortAndLong, help: "Print what would be removed, and remove nothing.")
  var dryRun = false

  @Option(
    help: ArgumentHelp("Keep what came within this time: 0s, 90s, 2h, 30d.", valueName: "time"))
  var grace = "1d"

  @Flag(name: .customLong("no-logs"), help: "Let go what only git's logs of branches lead to.")
  var forgetsLogs = false

  @Flag(help: "Keep only what work trees and indexes name; older versions go.")
  var workspaceOnly = false

  @Option(
    help: ArgumentHelp(
      "Another project that uses the same cache; may be repeated.", valueName: "folder"))
  var project: [String] = []

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try DataPlace(global)
    let repository = try place.repository()
    var options = DataCollection.Options()
    options.grace = try TimeLength.milliseconds(grace)
    options.keepsLogs = !forgetsLogs
    options.keepsHistory = !workspaceOnly
    try refuseShared(repository)
    let others = try project.map { word in
      guard
        let found = try DataRepository.find(
          from: place.path(word), variables: place.place.variables)
      else { throw Failure(.notFound, "no data is versioned in `\(word)`") }
      return found
    }
    let collection = DataCollection(repository, sharedWith: others, options)
    let plan = try dryRun ? collection.plan() : collection.run(watch: place.watch("removing"))
    place.line.clear()
    place.console.show(plan.json(isDone: !dryRun)) {
      let verb = dryRun ? "would remove" : "removed"
      let items = plan.items.sorted { $0.key < $1.key }
      let shown = dryRun ? items.prefix(20).map { "\($0.key)  \(ByteCount($0.size))" } : []
      let more = dryRun && items.count > 20 ? ["... and \(items.count - 20) more"] : []
      let young = plan.young > 0 ? ", \(plan.young) came within \(grace)" : ""
      let end =
        items.isEmpty
        ? "nothing to remove" : "\(verb) \(items.count) contents (\(ByteCount(plan.bytes)))"
      return (shown + more + ["\(end); \(plan.kept) are named\(young)"]).joined(separator: "\n")
    }
  }

  /// Other projects may keep their only copy in a cache that is not this one's own.
  private func refuseShared(_ repository: DataRepository) throws {
    let folder = FileSystem.realPath(repository.cache.folder) ?? repository.cache.folder
    guard project.isEmpty, !folder.starts(with: repository.root) else { return }
    throw Failure(
      .conflict, "the cache at `\(folder)` is outside of this project: others may use it, too",
      hint: "name them by `--project FOLDER`; `--project .` if there is none")
  }
}

extension DataCollection.Plan {
  func json(isDone: Bool) -> JSONValue {
    [
      "removed": .bool(isDone), "kept": .int(Int64(kept)), "young": .int(Int64(young)),
      "bytes": .int(bytes),
      "contents": .array(
        items.sorted { $0.key < $1.key }.map { ["key": .string($0.key), "size": .int($0.size)] }),
    ]
  }
}
