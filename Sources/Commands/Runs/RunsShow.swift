import ArgumentParser
import Formats
import Platform
import Records
import Runner
import SystemPackage

/// `reprise runs show`: everything that is recorded of one run.
struct RunsShow: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what is recorded of a run.",
    discussion: "Example: reprise runs show latest")

  @Argument(help: "The run: id, prefix, name, `latest` or `latest~N`.")
  var run = "latest"

  @Option(help: ArgumentHelp("Print the whole history of this metric.", valueName: "key"))
  var metric: String?

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let store = try RecordReader.require(records)
    let run = try store.run(store.resolve(run))
    if let metric { return try showHistory(of: metric, run, store, console) }
    let artifacts = try ArtifactList.files(in: FilePath(run.artifactURI))
    var json = run.json
    if case .object(var members) = json {
      if let known = Reproducibility(run) {
        members.append(.init("reproducibility", known.json))
      }
      members.append(.init("artifacts", .array(artifacts.map(\.json))))
      json = .object(members)
    }
    console.show(json) { RunPage(run: run, artifacts: artifacts, console: console).text }
  }

  private func showHistory(
    of key: String, _ run: Run, _ store: RecordStore, _ console: Console
  ) throws {
    guard run.metrics.contains(where: { $0.key == key }) else {
      let near = nearestName(to: key, among: run.metrics.map(\.key))
      throw Failure(
        .notFound, "run `\(run.name)` has no metric `\(key)`",
        hint: near.map { "did you mean `\($0)`?" }
          ?? (run.metrics.isEmpty
            ? "it has no metrics"
            : "it has: \(run.metrics.map(\.key).joined(separator: ", "))"))
    }
    let history = try store.history(of: key, in: run.id)
    let json = JSONValue.array(
      history.map {
        .object([
          .init("step", .int($0.step)), .init("value", .double($0.value)),
          .init("timestamp", .int($0.timestamp)),
        ])
      })
    console.show(json) {
      var table = TextTable([
        .init(title: "STEP", alignment: .right), .init(title: key, alignment: .right),
        .init(title: "TIME", yields: 1),
      ])
      table.rows = history.map {
        [.init("\($0.step)"), .init(shortNumber($0.value)), .init(localTime($0.timestamp), .dim)]
      }
      return table.text(for: console)
    }
  }
}
