import ArgumentParser
import Platform
import Records
import Runner

/// `reprise models alias`: points a name to a version.
struct ModelsAlias: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "alias", abstract: "Point an alias to a version, or take it away.",
    discussion: """
      `models:/NAME@ALIAS` is then that version, here and for MLflow's clients.

        reprise models alias churn champion 3
        reprise models alias churn champion --delete
      """)

  @Argument(help: "The name of the model.")
  var name: String

  @Argument(help: "The alias.")
  var alias: String

  @Argument(help: "The number of the version.")
  var version: String?

  @Flag(help: "Take the alias away.")
  var delete = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard (version == nil) == delete else {
      throw ValidationError("give either the number of a version or --delete")
    }
  }

  func run(in records: RecordsFolder, console: Console) async throws {
    let store = try RegistryAccess.open(records)
    if let version {
      try store.setAlias(alias, of: name, to: version)
    } else {
      try store.deleteAlias(alias, of: name)
    }
    let json = try store.registeredModel(name).json
    console.show(json) {
      version.map { "\(name)@\(alias) is version \($0)" } ?? "\(name) has no alias \(alias)"
    }
  }
}
