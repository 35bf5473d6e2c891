import ArgumentParser
import Datasets
import Formats
import Platform
import SystemPackage

/// `reprise data move`.
struct DataMoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "move",
    abstract: "Give versioned data another path.",
    discussion: """
      The data, its .dvc file and the line in .gitignore go together. Nothing is copied or read.

      Example: reprise data move data/raw data/original
      """,
    aliases: ["mv"])

  @Argument(help: "The tracked path.") var source: String
  @Argument(help: "The new path, or a folder to put it in.") var target: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try DataPlace(global)
    let repository = try place.repository()
    let tracked = try place.whole(source, in: repository)
    let moved = try DataMove(repository).move(
      tracked, to: place.relative(target, in: repository))
    place.console.show([
      "from": .string(moved.from.path.string), "path": .string(moved.path.string),
      "pointer": .string(moved.pointer.string),
    ]) { "moved \(moved.from.path) to \(moved.path)" }
    place.noteGit(moved.forGit, in: repository)
  }
}

/// `reprise data remove`.
struct DataRemove: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Stop versioning a path; the data stays where it is.",
    discussion: """
      Contents stay in the cache until `reprise data gc`, for older commits name them.

      Example: reprise data remove data/raw
      """,
    aliases: ["rm"])

  @Argument(help: ArgumentHelp("Tracked paths.", valueName: "path")) var paths: [String]

  @Flag(name: .customLong("outs"), help: "Remove the data from the work tree, too.")
  var dropsData = false

  @Flag(name: .shortAndLong, help: "Even when no version holds it.") var force = false

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try DataPlace(global)
    let repository = try place.repository()
    let chosen = try paths.map { try place.whole($0, in: repository) }
    let removal = DataRemoval(repository)
    var forGit: [FilePath] = []
    for tracked in chosen {
      forGit += try removal.remove(
        tracked, dropsData: dropsData, isForced: force, watch: place.watch("reading"))
    }
    place.line.clear()
    place.console.show(.array(chosen.map { .string($0.path.string) })) {
      chosen.map { "\($0.path) is not versioned any more" }.joined(separator: "\n")
    }
    place.noteGit(forGit, in: repository)
  }
}

/// `reprise data unprotect`.
struct DataUnprotect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unprotect",
    abstract: "Make linked files ones that may be changed.",
    discussion: """
      With links to the cache, a change of the file would change every version that has it; this copies them.

      Example: reprise data unprotect data/raw
      """)

  @Argument(help: ArgumentHelp("Tracked paths; all when there is none.", valueName: "path"))
  var paths: [String] = []

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try DataPlace(global)
    let repository = try place.repository()
    let chosen = try place.tracked(paths, in: repository).map(\.tracked)
    let unprotection = DataUnprotection(repository, watch: place.watch("copying"))
    let count = try chosen.reduce(0) { try $0 + unprotection.unprotect($1) }
    place.line.clear()
    place.console.show(["files": .int(Int64(count))]) {
      count == 0 ? "nothing to do" : "\(count) files may be changed now"
    }
  }
}

/// `reprise data doctor`.
struct DataDoctor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Look for what is wrong with the versions of data, and say what to do.",
    discussion: """
      Nothing is changed. The exit status is 0 when all is well and 1 otherwise.

      Example: reprise data doctor
      """)

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try DataPlace(global)
    let repository = try place.repository()
    let examination = DataExamination(repository, variables: place.place.variables)
    let console = place.console
    console.show(
      .array(
        examination.findings.map { finding in
          var members: [JSONValue.Member] = [
            .init("severity", .string(finding.severity.rawValue)),
            .init("subject", .string(finding.subject)), .init("text", .string(finding.text)),
          ]
          if let hint = finding.hint { members.append(.init("hint", .string(hint))) }
          return .object(members)
        })
    ) {
      examination.findings.map { finding in
        let (mark, style): (String, Style) =
          switch finding.severity {
          case .fine: ("ok", .green)
          case .warning: ("warning", .yellow)
          case .problem: ("problem", .red)
          }
        let head = console.styled(mark, style) + String(repeating: " ", count: 9 - mark.count)
        let hint = finding.hint.map { "\n         " + console.styled("-> \($0)", .cyan) } ?? ""
        return "\(head)\(finding.subject): \(finding.text)\(hint)"
      }.joined(separator: "\n")
    }
    if !examination.isFine { throw ExitCode(Failure.Code.no.exitCode) }
  }
}
