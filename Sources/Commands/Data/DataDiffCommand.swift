import ArgumentParser
import Datasets
import Formats
import Platform
import SystemPackage

/// `reprise data diff`.
struct DataDiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare the data of two revisions, or of one and the work tree.",
    discussion: """
      Without a revision the work tree is compared with HEAD. The exit status is 0 whether anything differs or not.

        reprise data diff
        reprise data diff v1.0 v2.0 --path data/raw
      """)

  @Argument(help: ArgumentHelp("The older one; HEAD when there is none.", valueName: "rev"))
  var old: String?

  @Argument(
    help: ArgumentHelp("The newer one; the work tree when there is none.", valueName: "rev"))
  var new: String?

  @Option(help: ArgumentHelp("Only this tracked path; may be repeated.", valueName: "path"))
  var path: [String] = []

  @Flag(help: "Name tracked paths only, and not the files of folders.")
  var summary = false

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try DataPlace(global)
    let repository = try place.repository()
    let first = try DataVersion(repository, at: old ?? "HEAD")
    let second = try DataVersion(repository, at: new)
    let wanted = try path.map { try place.relative($0, in: repository) }
    let difference = try DataDifference(
      from: first, to: second,
      where: { tracked in
        wanted.isEmpty
          || wanted.contains { tracked.starts(with: $0) || $0.starts(with: tracked) }
      }, watch: place.watch("reading"))
    place.line.clear()
    let items = difference.items.filter { item in
      wanted.isEmpty || item.isFolder || wanted.contains { item.path.starts(with: $0) }
    }
    place.console.show(Self.json(items)) { text(items, place.console) }
  }

  private func text(_ items: [DataDifference.Item], _ console: Console) -> String {
    guard !items.isEmpty else { return "nothing differs" }
    var lines: [String] = []
    for item in items where !summary || item.isFolder || !isInFolder(item, items) {
      let style: Style? =
        switch item.change {
        case .added: .green
        case .deleted, .notInCache: .red
        case .modified, .renamed: .yellow
        }
      let word = item.change.rawValue
      var line = style.map { console.styled(word, $0) } ?? word
      line += String(repeating: " ", count: max(1, 14 - word.count))
      if let old = item.oldPath { line += "\(old) -> " }
      line += "\(item.path)" + (item.isFolder ? "/" : "")
      if let size = item.size { line += "  (\(ByteCount(size)))" }
      lines.append(line)
    }
    let counts = DataDifference.Change.allCases.compactMap { change -> String? in
      let count = items.count { $0.change == change && !$0.isFolder }
      return count == 0 ? nil : "\(count) \(change.rawValue)"
    }
    if !counts.isEmpty { lines.append("files: " + counts.joined(separator: ", ")) }
    return lines.joined(separator: "\n")
  }

  private func isInFolder(_ item: DataDifference.Item, _ items: [DataDifference.Item]) -> Bool {
    items.contains { $0.isFolder && $0.path != item.path && item.path.starts(with: $0.path) }
  }

  /// The groups that DVC prints.
  private static func json(_ items: [DataDifference.Item]) -> JSONValue {
    .object(
      DataDifference.Change.allCases.map { change in
        .init(
          change.rawValue,
          .array(
            items.filter { $0.change == change }.map { item in
              let path = item.path.string + (item.isFolder ? "/" : "")
              var members: [JSONValue.Member] = []
              if let old = item.oldPath {
                let pair: JSONValue = ["old": .string(old.string), "new": .string(path)]
                members.append(.init("path", pair))
              } else {
                members.append(.init("path", .string(path)))
              }
              if let size = item.size { members.append(.init("size", .int(size))) }
              return .object(members)
            }))
      })
  }
}
