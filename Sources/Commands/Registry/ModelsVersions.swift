import ArgumentParser
import Formats
import Records
import Runner

/// `reprise models versions`: the versions of a registered model as a table.
struct ModelsVersions: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "versions", abstract: "List the versions of a registered model, newest first.",
    discussion: "Example: reprise models versions churn")

  @Argument(help: "The name of the model.")
  var name: String

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let store = try RecordReader.require(records)
    let model = try store.registeredModel(name)
    let quoted = name.split(separator: "'", omittingEmptySubsequences: false).joined(
      separator: "''")
    let found = try store.searchModelVersions(
      RegistrySearch(filter: "name = '\(quoted)'", order: ["version_number DESC"], limit: 200_000))
    let versions = found.items.map { version in
      var version = version
      version.aliases = model.aliases.filter { $0.version == version.number }.map(\.name)
      return version
    }
    console.show(.array(versions.map(\.json))) {
      guard !versions.isEmpty else { return "\(name) has no version yet" }
      var table = TextTable([
        .init(title: "VERSION", alignment: .right), .init(title: "ALIASES", isText: true),
        .init(title: "STAGE", yields: 1), .init(title: "SOURCE", yields: 2, isText: true),
        .init(title: "CREATED", yields: 3),
      ])
      table.rows = versions.map { version in
        [
          .init("\(version.number)", .bold), .init(version.aliases.joined(separator: " ")),
          .init(version.stage == .none ? "" : version.stage.rawValue), .init(version.source),
          .init(localTime(version.created), .dim),
        ]
      }
      return table.text(for: console)
    }
  }
}
