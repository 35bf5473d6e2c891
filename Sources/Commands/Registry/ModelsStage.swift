import ArgumentParser
import Records
import Runner

/// `reprise models stage`: moves a version to one of MLflow's stages.
struct ModelsStage: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "stage", abstract: "Move a version to None, Staging, Production or Archived.",
    discussion: "Example: reprise models stage churn 3 Production --archive")

  @Argument(help: "The name of the model.")
  var name: String

  @Argument(help: "The number of the version.")
  var version: String

  @Argument(help: "None, Staging, Production or Archived, in upper or lower case.")
  var stage: String

  @Flag(help: "Archive the versions that stand in that stage.")
  var archive = false

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let store = try RegistryAccess.open(records)
    let moved = try store.moveModelVersion(
      of: name, version, to: stage, archivesOthers: archive)
    console.show(moved.json) { "\(name) version \(moved.number) is in \(moved.stage.rawValue)" }
  }
}
