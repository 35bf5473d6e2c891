import ArgumentParser
import Datasets
import Formats
import Git
import Platform
import Runner
import SystemPackage

/// `reprise data log`.
struct DataLogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "List the versions of data through git's history.",
    discussion: """
      One line a commit that changed which content belongs at the path: what came, went and changed since the version \
      before is told when the listings are in the cache. RUNS are those that read or wrote the version; --json has \
      all that is known of them.

        reprise data log data/raw
        reprise data log data/raw/train.csv --rev main --limit 5
      """)

  @Argument(help: "A tracked path, or one inside of it.")
  var path: String

  @Option(help: ArgumentHelp("Where the history ends.", valueName: "rev"))
  var rev = "HEAD"

  @Option(name: .shortAndLong, help: ArgumentHelp("How many at most.", valueName: "count"))
  var limit: Int?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be at least 1") }
  }

  func run() async throws {
    let place = try DataPlace(global)
    let repository = try place.repository()
    let relative = try place.relative(path, in: repository)
    let log = try DataLog(repository, relative, revision: rev, limit: limit ?? .max)
    guard !log.versions.isEmpty else {
      let all = try repository.trackedPaths()
      guard all.contains(where: { $0.holds(relative) }) else {
        let near = nearestName(to: relative.string, among: all.map(\.path.string))
        throw Failure(
          .notFound, "no commit of `\(rev)` has a version of `\(path)`",
          hint: near.map { "did you mean `\($0)`?" } ?? "reprise data add \(path)")
      }
      throw Failure(
        .notFound, "no commit of `\(rev)` has a version of `\(path)` yet",
        hint: "git add the .dvc file, and commit it")
    }
    let uses = try VersionUses(
      of: log, relative,
      in: RecordsFolder.nearest(to: place.place.folder, variables: place.place.variables))
    let list = log.versions.enumerated().map { number, version -> JSONValue in
      guard case .object(var members) = version.json else { return version.json }
      members.append(.init("runs", uses.json(number)))
      return .object(members)
    }
    place.console.show(.array(list)) { text(log, uses, place.console) }
  }

  private func text(_ log: DataLog, _ uses: VersionUses, _ console: Console) -> String {
    var columns: [TextTable.Column] = [
      .init(title: "COMMIT"), .init(title: "DATE"),
      .init(title: "AUTHOR", yields: 3, isText: true),
      .init(title: "SIZE", alignment: .right), .init(title: "FILES", alignment: .right, yields: 4),
      .init(title: "CHANGE"), .init(title: "CONTENT", yields: 2),
      .init(title: "MESSAGE", yields: 1, isText: true),
    ]
    if !uses.isEmpty { columns.append(.init(title: "RUNS", isText: true)) }
    var table = TextTable(columns)
    for (number, version) in log.versions.enumerated() {
      let output = version.output
      table.rows.append([
        .init(String(version.commit.id.prefix(9)), .yellow),
        .init(String(localTime(Self.milliseconds(version.commit.time)).prefix(16))),
        .init(version.commit.author),
        .init(output?.size.map { "\(ByteCount($0))" } ?? "-"),
        .init(output?.fileCount.map { "\($0)" } ?? "-"),
        .init(Self.words(version)),
        .init(output?.object.map { String($0.digest.hex.prefix(9)) } ?? "-"),
        .init(version.commit.subject),
      ])
      if !uses.isEmpty { table.rows[number].append(.init(uses.text(number))) }
    }
    return table.text(for: console)
  }

  private static func milliseconds(_ seconds: Int64) -> Int64 {
    let (product, isTooLong) = seconds.multipliedReportingOverflow(by: 1000)
    return isTooLong ? seconds : product
  }

  private static func words(_ version: DataLog.Version) -> String {
    guard version.output != nil else { return "removed" }
    guard let change = version.change else { return "?" }
    let parts = [("+", change.added), ("-", change.deleted), ("~", change.modified)]
    let words = parts.filter { $0.1 > 0 }.map { "\($0.0)\($0.1)" }
    return words.isEmpty ? "=" : words.joined(separator: " ")
  }
}

extension DataLog.Version {
  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("commit", .string(commit.id)), .init("time", .int(commit.time)),
      .init("author", .string(commit.author)), .init("message", .string(commit.subject)),
    ]
    if let object = output?.object { members.append(.init("md5", .string(object.text))) }
    if let size = output?.size { members.append(.init("size", .int(size))) }
    if let files = output?.fileCount { members.append(.init("files", .int(Int64(files)))) }
    if let change {
      members.append(
        .init(
          "change",
          [
            "added": .int(Int64(change.added)), "deleted": .int(Int64(change.deleted)),
            "modified": .int(Int64(change.modified)),
          ]))
    }
    return .object(members)
  }
}
