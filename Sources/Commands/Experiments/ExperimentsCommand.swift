import ArgumentParser
import Formats
import Platform
import Records
import Runner

/// `reprise experiments`: the groups that runs are recorded under.
struct ExperimentsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "experiments",
    abstract: "List, create, rename, delete and restore experiments.",
    discussion: """
      Example: reprise experiments create ablation
               reprise run -e train --experiment-name ablation
      """,
    subcommands: [
      ExperimentsList.self, ExperimentsCreate.self, ExperimentsRename.self,
      ExperimentsDelete.self, ExperimentsRestore.self,
    ],
    defaultSubcommand: ExperimentsList.self)
}

struct ExperimentsList: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List experiments, newest first.")

  @Option(help: "Which experiments: active, deleted or all.")
  var view = RunView.active

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    guard let store = try RecordReader.open(records) else {
      return console.show([]) { "no experiments yet: `reprise run` makes the first" }
    }
    let experiments = try store.experiments(view: view.lifecycle)
    console.show(.array(experiments.map(\.json))) {
      var table = TextTable([
        .init(title: "ID", alignment: .right), .init(title: "NAME", yields: 1),
        .init(title: "STATE"), .init(title: "CREATED"),
      ])
      table.rows = experiments.map {
        [
          .init("\($0.id)"), .init($0.name, .bold), .init($0.lifecycle.rawValue),
          .init(localTime($0.created), .dim),
        ]
      }
      return table.text(for: console)
    }
  }
}

struct ExperimentsCreate: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Create an experiment.",
    discussion: "Example: reprise experiments create ablation")

  @Argument(help: "The name.")
  var name: String

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    try records.create()
    let store = try RecordStore(in: records.path)
    let experiment = try store.createExperiment(name)
    console.show(experiment.json) { "created experiment \(experiment.id) \(experiment.name)" }
  }
}

struct ExperimentsRename: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename", abstract: "Rename an experiment.",
    discussion: "Example: reprise experiments rename ablation \"ablation of dropout\"")

  @Argument(help: "The experiment: name or id.")
  var experiment: String

  @Argument(help: "The new name.")
  var name: String

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let (store, found) = try ExperimentReference.open(experiment, in: records)
    try store.renameExperiment(found.id, to: name)
    let json = try store.experiment(id: found.id).json
    console.show(json) { "renamed \(found.name) to \(name)" }
  }
}

struct ExperimentsDelete: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Take an experiment and its runs out of the listings.",
    discussion: "Example: reprise experiments delete ablation")

  @Argument(help: "The experiment: name or id.")
  var experiment: String

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let (store, found) = try ExperimentReference.open(experiment, in: records)
    try store.deleteExperiment(found.id)
    let json = try store.experiment(id: found.id).json
    console.show(json) { "deleted experiment \(found.name)" }
  }
}

struct ExperimentsRestore: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Bring a deleted experiment and its runs back.",
    discussion: "Example: reprise experiments restore ablation")

  @Argument(help: "The experiment: name or id.")
  var experiment: String

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let (store, found) = try ExperimentReference.open(experiment, in: records)
    try store.restoreExperiment(found.id)
    let json = try store.experiment(id: found.id).json
    console.show(json) { "restored experiment \(found.name)" }
  }
}

/// An experiment by its name, or else by its id.
enum ExperimentReference {
  static func open(_ text: String, in records: RecordsFolder) throws -> (RecordStore, Experiment) {
    _ = try RecordReader.require(records)
    let store = try RecordStore(in: records.path)
    let all = try store.experiments(view: .all)
    if let found = all.first(where: { $0.name == text }) ?? all.first(where: { "\($0.id)" == text })
    {
      return (store, found)
    }
    throw Failure(
      .notFound, "there is no experiment `\(text)`",
      hint: nearestName(to: text, among: all.map(\.name)).map { "did you mean `\($0)`?" }
        ?? "there are: \(all.map(\.name).joined(separator: ", "))")
  }
}

extension Experiment {
  var json: JSONValue {
    .object([
      .init("experiment_id", .string("\(id)")), .init("name", .string(name)),
      .init("lifecycle", .string(lifecycle.rawValue)), .init("created", .int(created)),
      .init("updated", .int(updated)), .init("artifact_location", .string(artifactLocation)),
      .init("tags", .object(tags.map { .init($0.key, .string($0.value)) })),
    ])
  }
}
