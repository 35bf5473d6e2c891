import ArgumentParser
import Platform
import Records
import Runner
import SystemPackage

/// `reprise models register`: makes the next version of a registered model.
struct ModelsRegister: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "register",
    abstract: "Register a run's model as the next version of a name.",
    discussion: """
      The source is a run that trained a model (id, prefix, name, `latest` or `latest~N`), a folder of a run's artifacts \
      as `runs:/ID/PATH`, or a version of another name as `models:/NAME/VERSION`. The name is made when it is new.

        reprise models register latest churn --alias champion
      """)

  @Argument(help: "The run, or the URI of a model.")
  var source: String

  @Argument(help: "The name that the version belongs to.")
  var name: String

  @Option(help: ArgumentHelp("Words about the version.", valueName: "text"))
  var description: String?

  @Option(help: ArgumentHelp("Point this alias to the version.", valueName: "alias"))
  var alias: [String] = []

  @Option(help: ArgumentHelp("Tags of the version.", valueName: "key=value"))
  var tag: [String] = []

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let tags = try LogTarget.pairs(tag).map { Tag($0.key, $0.value) }
    let store = try RegistryAccess.open(records)
    let (uri, run) = try origin(store)
    let new = NewModelVersion(
      model: name, source: uri, runID: run, description: description, tags: tags)
    let aliases = alias
    let version: ModelVersion
    do {
      version = try await store.write { try Self.register(new, aliases, in: $0) }
    } catch let refusal as RecordFailure {
      throw refusal.failure
    }
    console.show(version.json) { "registered \(version.model) version \(version.number)" }
  }

  /// All or nothing: the name when it is new, the version and its aliases.
  private static func register(
    _ new: NewModelVersion, _ aliases: [String], in store: RecordStore
  ) throws -> ModelVersion {
    do {
      _ = try store.registeredModel(new.model)
    } catch let refusal as RecordFailure where refusal.code == .doesNotExist {
      try store.createRegisteredModel(new.model)
    }
    let made = try store.createModelVersion(new)
    for alias in aliases { try store.setAlias(alias, of: made.model, to: "\(made.number)") }
    return try store.modelVersion(of: made.model, "\(made.number)")
  }

  /// The URI of the source, and the run whose artifacts it is in.
  private func origin(_ store: RecordStore) throws -> (uri: String, run: String?) {
    if source.hasPrefix("models:/") { return (source, nil) }
    if source.hasPrefix("runs:/") {
      let id = source.dropFirst("runs:/".count).split(separator: "/").first.map(String.init)
      return (source, id)
    }
    let run = try store.run(store.resolve(source))
    guard FileSystem.isDirectory(FilePath(run.artifactURI).appending("model")) else {
      throw Failure(
        .notFound, "run `\(run.name)` has no folder `model` among its artifacts",
        hint: "name the folder of the model: `runs:/\(run.id)/PATH`")
    }
    return ("runs:/\(run.id)/model", run.id.hex)
  }
}
