import ArgumentParser
import Records
import Runner

/// `reprise models rename`: gives a registered model another name.
struct ModelsRename: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename", abstract: "Rename a registered model.",
    discussion: "Example: reprise models rename churn leavers")

  @Argument(help: "The name of the model.")
  var name: String

  @Argument(help: "The new name.")
  var other: String

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let model = try RegistryAccess.open(records).renameRegisteredModel(name, to: other)
    console.show(model.json) { "renamed \(name) to \(other)" }
  }
}
