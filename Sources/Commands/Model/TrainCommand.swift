import ArgumentParser
import Formats
import Learning
import Platform
import Projects
import Runner
import SystemPackage

/// `reprise train`: trains a model on a table, without an MLproject, and records the run.
struct TrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a model on a table and record the run.",
    discussion: """
      What an entry point with `trainer: NAME` does, said on the command line. Parameters have the libraries' own names \
      and defaults; they come from a JSON file, from -P, or both, where -P wins.

        reprise train xgboost --data train.csv --target price --model price.json
        reprise train lightgbm --data train.csv --target churn -P num_leaves=63 -P learning_rate=0.05
        reprise train xgboost --data train.csv --target y --params params.json --model model.ubj --json

      All rows are learnt from unless -P test_fraction=0.2 holds some out; `reprise train NAME --list` prints what a \
      trainer takes.
      """)

  @Argument(help: "The trainer: xgboost, lightgbm, forest, linear, logistic, mlp or cnn.")
  var trainer: String

  @Option(help: ArgumentHelp("The table to learn from.", valueName: "file"))
  var data: String?

  @Option(help: ArgumentHelp("The column to predict.", valueName: "column"))
  var target: String?

  @Option(help: ArgumentHelp("Parameters, as a JSON object.", valueName: "file"))
  var params: String?

  @Option(
    name: [.customShort("P", allowingJoined: true), .customLong("param-list")],
    help: ArgumentHelp("A parameter.", valueName: "name=value"))
  var parameters: [String] = []

  @Option(
    help: ArgumentHelp(
      "Cross-validate first: a number of folds, or JSON such as '{\"folds\": 5, \"group\": \"patient\"}'.",
      valueName: "folds"))
  var cv: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write the model to this file too; its ending says the format.", valueName: "file"))
  var model: String?

  @OptionGroup var recording: RecordingOptions

  @Flag(help: "Print the trainer's parameters, and train nothing.")
  var list = false

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try Place(global)
    let console = global.console
    let trainer = try Trainers.named(trainer)
    if list { return try EntryPointList(project(trainer, place)).show(on: console) }
    let file = try model.map { try FileSystem.absolute(FilePath($0), in: place.folder) }
    if let file { try ModelExport.check(file, of: trainer) }
    let written = try params.map {
      try ParametersFile(
        reading: FileSystem.absolute(FilePath($0), in: place.folder), settings: trainer.settings)
    }
    let request = RunRequest(
      uri: ".", entryPoint: Self.entryName, parameters: try given(written?.parameters ?? []),
      timeout: try recording.timeLimit(), variables: place.variables, workingFolder: place.folder)
    let stopped = StopFlag()
    let data = RecordedData(place: place, isStopped: { stopped.isSet })
    let source = try ProjectSource.folder(
      place.folder, with: entry(trainer, written?.settings ?? []))
    var plan = try RunPlan(request, source: source, data: data)
    if let file, let model {
      plan.modelFile = file
      plan.outputs.append(PlannedFile(declared: model, path: file))
    }
    try await RunPerformance(
      plan: plan, settings: recording.settings(), place: place, console: console, stopped: stopped
    ).perform()
  }

  private static let entryName = "train"

  private func project(_ trainer: any Trainer, _ place: Place) throws -> Project {
    try ProjectSource.folder(
      place.folder, with: EntryPoint(name: trainer.name, trainer: trainer.name)
    )
    .project
  }

  /// All rows are learnt from, as by the libraries' own `train`, unless it is said otherwise.
  private func entry(_ trainer: any Trainer, _ settings: [Setting]) throws -> EntryPoint {
    var entry = EntryPoint(name: Self.entryName, trainer: trainer.name)
    entry.settings = settings
    if let validation = try validation() {
      entry.settings.removeAll { $0.name == validation.name }
      entry.settings.append(validation)
    }
    if trainer.parameters.contains(where: { $0.name == "test_fraction" }) {
      entry.parameters = [Parameter("test_fraction", default: "0")]
    }
    return entry
  }

  private func validation() throws -> Setting? {
    guard let cv else { return nil }
    guard let value = try? JSONValue(parsing: cv) else {
      throw Failure(
        .usage, "`--cv \(cv)` is neither a number of folds nor JSON",
        hint: "write --cv 5, or --cv '{\"folds\": 5, \"group\": \"patient\"}'")
    }
    return Setting("cv", value)
  }

  /// What was typed, over what the file says.
  private func given(_ written: [GivenParameter]) throws -> [GivenParameter] {
    var all = try GivenParameter.parse(parameters)
    for (name, value) in [("data", data), ("target", target)] {
      guard let value else { continue }
      guard !all.contains(where: { $0.name == name }) else {
        throw Failure(
          .usage, "`\(name)` is given twice: by `--\(name)` and by `-P`", hint: "give one of them")
      }
      all.append(GivenParameter(name, value))
    }
    let typed = Set(all.map(\.name))
    all += written.filter { !typed.contains($0.name) }
    return all
  }
}
