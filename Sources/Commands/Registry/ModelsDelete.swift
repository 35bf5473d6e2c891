import ArgumentParser
import Formats
import Records
import Runner

/// `reprise models delete`: takes a registered model, or one version of it, out of the registry.
struct ModelsDelete: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete a registered model, or one version of it.",
    discussion: """
      The files stay where they are, with the run that made them. The number of a version is not given again.

        reprise models delete churn --model-version 2
        reprise models delete churn
      """)

  @Argument(help: "The name of the model.")
  var name: String

  @Option(help: ArgumentHelp("Only this version.", valueName: "number"))
  var modelVersion: String?

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let store = try RegistryAccess.open(records)
    if let modelVersion {
      try store.deleteModelVersion(of: name, modelVersion)
    } else {
      try store.deleteRegisteredModel(name)
    }
    let version: JSONValue = modelVersion.map { .string($0) } ?? .null
    console.show(["name": .string(name), "version": version]) {
      "deleted \(name)\(modelVersion.map { " version \($0)" } ?? "")"
    }
  }
}
