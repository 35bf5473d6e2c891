import ArgumentParser
import Formats
import Platform
import Records
import Runner
import SystemPackage

/// `reprise log`: writes into the record from inside a run, or into a run that is named.
struct LogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Log a metric, parameter, tag or artifact into a run.",
    discussion: """
      Inside a run the record is found by itself; elsewhere `--run` names it.

        reprise log metric loss=0.31 accuracy=0.97 --step 4
        reprise log param optimizer=adam
        reprise log tag reviewed=yes --run latest
        reprise log artifact reports/plot.png
      """,
    subcommands: [LogMetric.self, LogParam.self, LogTag.self, LogArtifact.self])
}

/// The run that `reprise log` writes into.
struct LogTarget: ParsableArguments {
  @Option(help: ArgumentHelp("The run; inside a run, that one by default.", valueName: "run"))
  var run: String?

  @OptionGroup var global: GlobalOptions

  func open() throws -> (store: RecordStore, run: RunID, records: RecordsFolder, place: Place) {
    let place = try Place(global)
    let records = RecordsFolder.nearest(to: place.folder, variables: place.variables)
    guard let name = run ?? place.variables["REPRISE_RUN_ID"] ?? place.variables["MLFLOW_RUN_ID"]
    else {
      throw Failure(
        .usage, "this is not inside a run", hint: "name the run: `--run latest`")
    }
    guard FileSystem.exists(records.path.appending("records.db")) else {
      throw Failure(.notFound, "no runs are recorded in `\(records.path)`")
    }
    let store = try RecordStore(in: records.path)
    return (store, try store.resolve(name), records, place)
  }

  /// `KEY=VALUE` words, or one `KEY VALUE` pair.
  static func pairs(_ words: [String]) throws -> [(key: String, value: String)] {
    if words.count == 2, !words[0].contains("=") { return [(words[0], words[1])] }
    return try words.map { word in
      guard let equals = word.firstIndex(of: "="), equals != word.startIndex else {
        throw Failure(.usage, "`\(word)` is not `KEY=VALUE`", hint: "write `\(word)=VALUE`")
      }
      return (String(word[..<equals]), String(word[word.index(after: equals)...]))
    }
  }
}

struct LogMetric: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metric", abstract: "Log metrics.",
    discussion: "Example: reprise log metric loss=0.31 --step 4")

  @Argument(help: "KEY=VALUE pairs.")
  var pairs: [String]

  @Option(help: "The step.")
  var step: Int64 = 0

  @OptionGroup var target: LogTarget

  func run() async throws {
    let (store, run, _, _) = try target.open()
    let now = Clock.milliseconds()
    let metrics = try LogTarget.pairs(pairs).map { key, value in
      guard let number = Double(value.trimmed) else {
        throw Failure(.usage, "the value `\(value)` of `\(key)` is not a number")
      }
      return Metric(key, number, timestamp: now, step: step)
    }
    try store.log(metrics: metrics, params: [], tags: [], to: run)
  }
}

struct LogParam: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "param", abstract: "Log parameters; a parameter is written once.",
    discussion: "Example: reprise log param optimizer=adam")

  @Argument(help: "KEY=VALUE pairs.")
  var pairs: [String]

  @OptionGroup var target: LogTarget

  func run() async throws {
    let (store, run, _, _) = try target.open()
    let params = try LogTarget.pairs(pairs).map {
      Param($0.key, $0.value, given: $0.value)
    }
    try store.log(metrics: [], params: params, tags: [], to: run)
  }
}

struct LogTag: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag", abstract: "Set tags.", discussion: "Example: reprise log tag reviewed=yes")

  @Argument(help: "KEY=VALUE pairs.")
  var pairs: [String]

  @OptionGroup var target: LogTarget

  func run() async throws {
    let (store, run, _, _) = try target.open()
    let tags = try LogTarget.pairs(pairs).map { Tag($0.key, $0.value) }
    try store.log(metrics: [], params: [], tags: tags, to: run)
  }
}

struct LogArtifact: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "artifact", abstract: "Keep a file or a folder with the run.",
    discussion: "Example: reprise log artifact reports/plot.png --path figures")

  @Argument(help: "The file or folder.")
  var file: String

  @Option(help: ArgumentHelp("The folder among the artifacts to put it in.", valueName: "folder"))
  var path: String?

  @OptionGroup var target: LogTarget

  func run() async throws {
    let (store, id, _, place) = try target.open()
    let run = try store.run(id)
    guard run.lifecycle == .active else {
      throw Failure(
        .conflict, "run `\(run.name)` is deleted", hint: "`reprise runs restore` it first")
    }
    let source = try FileSystem.absolute(FilePath(file), in: place.folder)
    guard let name = source.lastComponent, FileSystem.exists(source) else {
      throw Failure(.notFound, "`\(file)` does not exist")
    }
    let root = FilePath(run.artifactURI)
    guard let folder = root.lexicallyResolving(FilePath(path ?? ".")) else {
      throw Failure(.usage, "`\(path ?? "")` leaves the run's artifacts")
    }
    try FileSystem.copyTree(source, to: folder.appending(name))
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
