import ArgumentParser
import Datasets
import Formats
import Platform
import SystemPackage

/// `reprise data ls`.
struct DataList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ls",
    abstract: "List versioned paths, or the files of one.",
    discussion: """
      What the .dvc files say counts, now or at a revision; the work tree is not looked at.

        reprise data ls
        reprise data ls data/raw --rev v1.0
      """)

  @Argument(help: "A tracked path, or one inside of it.")
  var path: String?

  @Option(help: ArgumentHelp("As of this branch, tag or commit.", valueName: "rev"))
  var rev: String?

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try DataPlace(global)
    let repository = try place.repository()
    let version = try DataVersion(repository, at: rev)
    guard let path else {
      let items = version.paths.map(Item.init)
      return place.console.show(.array(items.map(\.json))) {
        items.isEmpty
          ? "nothing is versioned; `reprise data add PATH`" : Item.table(items, place.console)
      }
    }
    guard let (tracked, below) = try version.find(place.relative(path, in: repository)) else {
      throw place.notVersioned(path, in: version)
    }
    guard let object = tracked.output.object, object.isFolder else {
      let item = Item(tracked)
      return place.console.show([item.json]) { Item.table([item], place.console) }
    }
    let part = try repository.listing(object).part(below)
    guard part.count > 0 || below.isEmpty else {
      throw Failure(.notFound, "`\(tracked.path)` has no `\(below)`" + place.at(rev))
    }
    let items = part.entries.indices.map { index in
      Item(
        path: tracked.path.pushing(below).pushing(FilePath(part.text(index))),
        digest: part.entries[index].digest,
        size: repository.cache.size(ObjectName(part.entries[index].digest)))
    }
    place.console.show(.array(items.map(\.json))) { Item.table(items, place.console) }
  }

  private struct Item {
    var path: FilePath
    var name = ""
    var size: Int64?
    var files: Int?
    var isFolder = false

    init(_ tracked: TrackedPath) {
      path = tracked.path
      name = tracked.output.object?.text ?? ""
      size = tracked.output.size
      files = tracked.output.fileCount
      isFolder = tracked.output.object?.isFolder ?? false
    }

    init(path: FilePath, digest: MD5Digest, size: Int64?) {
      self.path = path
      self.size = size
      name = digest.hex
    }

    var json: JSONValue {
      var members: [JSONValue.Member] = [
        .init("path", .string(path.string)), .init("folder", .bool(isFolder)),
      ]
      if !name.isEmpty { members.append(.init("md5", .string(name))) }
      if let size { members.append(.init("size", .int(size))) }
      if let files { members.append(.init("files", .int(Int64(files)))) }
      return .object(members)
    }

    static func table(_ items: [Item], _ console: Console) -> String {
      var table = TextTable([
        .init(title: "PATH", isText: true), .init(title: "SIZE", alignment: .right),
        .init(title: "FILES", alignment: .right, yields: 1), .init(title: "CONTENT", yields: 2),
      ])
      table.rows = items.map { item in
        [
          .init("\(item.path)" + (item.isFolder ? "/" : "")),
          .init(item.size.map { "\(ByteCount($0))" } ?? "-"),
          .init(item.files.map { "\($0)" } ?? "-"), .init(String(item.name.prefix(9))),
        ]
      }
      return table.text(for: console)
    }
  }
}
