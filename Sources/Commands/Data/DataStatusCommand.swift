import ArgumentParser
import Datasets
import Formats
import Platform
import SystemPackage

/// `reprise data status`.
struct DataStatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Compare the data with what the .dvc files say.",
    discussion: """
      The exit status is 0 when nothing differs and 1 otherwise.

      Example: reprise data status --granular data/raw
      """)

  @Argument(help: ArgumentHelp("Only these.", valueName: "path"))
  var paths: [String] = []

  @Flag(help: "Name every file of a folder that changed.")
  var granular = false

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try DataPlace(global)
    let repository = try place.repository()
    let chosen = try place.tracked(paths, in: repository).map(\.tracked)
    let watch = place.watch("reading")
    let status = try DataStatus(
      repository, chosen, isGranular: granular || global.printsJSON, watch: watch)
    place.line.clear()
    place.console.show(status.json) {
      let lines = status.items.filter { $0.state != .unchanged || !$0.isInCache }.flatMap(
        Self.lines)
      return lines.isEmpty
        ? "\(status.items.count) paths, nothing changed" : lines.joined(separator: "\n")
    }
    if !status.isClean { throw ExitCode(Failure.Code.no.exitCode) }
  }

  private static func lines(_ item: DataStatus.Item) -> [String] {
    var words = item.state == .unchanged ? "" : item.state.rawValue
    if !item.isInCache { words += words.isEmpty ? "not in cache" : ", not in cache" }
    let head = words.padded(to: words.count < 14 ? 14 : 24) + item.tracked.path.string
    return [head]
      + item.difference.items.map { "  " + $0.change.rawValue.padded(to: 12) + $0.path.string }
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}

extension DataStatus {
  var json: JSONValue {
    .array(
      items.map { item in
        [
          "path": .string(item.tracked.path.string),
          "pointer": .string(item.tracked.pointer.string),
          "state": .string(item.state.rawValue), "in_cache": .bool(item.isInCache),
          "changes": item.difference.json,
        ]
      })
  }
}

extension DataDifference {
  var json: JSONValue {
    .array(
      items.map { item in
        var members: [JSONValue.Member] = [
          .init("path", .string(item.path.string)), .init("change", .string(item.change.rawValue)),
        ]
        if let size = item.size { members.append(.init("size", .int(size))) }
        return .object(members)
      })
  }
}
