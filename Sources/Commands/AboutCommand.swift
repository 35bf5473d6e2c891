import ArgumentParser
import Formats
import Platform
import Runner
import SystemPackage

/// `reprise about`: which program this is and where it keeps things; what a report of a problem should carry.
struct AboutCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "about",
    abstract: "Show the version and where files are kept.",
    discussion: "Example: reprise about --json")

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try Place(global)
    let shared = try? SharedFiles.folder(variables: place.variables)
    let rows: [(String, String?)] = [
      ("version", Program.version),
      ("program", FileSystem.realPath("/proc/self/exe")?.string),
      ("templates", shared?.appending("templates").string),
      ("lint-rules", shared?.appending("lint-rules").string),
      ("records", RecordsFolder.nearest(to: place.folder, variables: place.variables).path.string),
      ("cache", UserFolders.cache(place.variables).string),
    ]
    let json = JSONValue.object(
      rows.map { .init($0.0, $0.1.map { .string($0) } ?? .null) })
    global.console.show(json) {
      aligned(rows.map { ($0, $1 ?? "not found: set REPRISE_HOME") })
    }
  }
}
