import ArgumentParser
import Formats
import Platform
import Records
import Runner

/// `reprise models tag`: words about a registered model, or about one version of it.
struct ModelsTag: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag", abstract: "Set or remove tags of a model or a version.",
    discussion: """
      Example: reprise models tag churn team=pricing
               reprise models tag churn --model-version 3 reviewed=yes --delete draft
      """)

  @Argument(help: "The name of the model.")
  var name: String

  @Argument(help: "KEY=VALUE pairs.")
  var pairs: [String] = []

  @Option(help: ArgumentHelp("The version that is meant.", valueName: "number"))
  var modelVersion: String?

  @Option(help: ArgumentHelp("Remove this tag.", valueName: "key"))
  var delete: [String] = []

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard !pairs.isEmpty || !delete.isEmpty else {
      throw ValidationError("give KEY=VALUE pairs, or --delete KEY")
    }
  }

  func run(in records: RecordsFolder, console: Console) async throws {
    let tags = try LogTarget.pairs(pairs).map { Tag($0.key, $0.value) }
    let store = try RegistryAccess.open(records)
    for tag in tags {
      if let modelVersion {
        try store.setTag(tag, ofVersion: modelVersion, of: name)
      } else {
        try store.setTag(tag, ofRegisteredModel: name)
      }
    }
    for key in delete {
      if let modelVersion {
        try store.deleteTag(key, ofVersion: modelVersion, of: name)
      } else {
        try store.deleteTag(key, ofRegisteredModel: name)
      }
    }
    let (json, found) =
      if let modelVersion {
        try Self.shown(store.modelVersion(of: name, modelVersion))
      } else {
        try Self.shown(store.registeredModel(name))
      }
    console.show(json) { found.map { "\($0.key)=\($0.value)" }.joined(separator: "\n") }
  }

  private static func shown(_ version: ModelVersion) -> (JSONValue, [Tag]) {
    (version.json, version.tags)
  }

  private static func shown(_ model: RegisteredModel) -> (JSONValue, [Tag]) {
    (model.json, model.tags)
  }
}
