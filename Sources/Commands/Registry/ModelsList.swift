import ArgumentParser
import Formats
import Records
import Runner

/// `reprise models list`: the registered models as a table.
struct ModelsList: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List registered models.",
    discussion: """
      The filter is in MLflow's grammar: `name`, `tags.KEY`, with =, !=, LIKE and ILIKE.

        reprise models list --filter "tags.team = 'pricing'" --order-by "timestamp DESC"
      """)

  @Option(help: ArgumentHelp("Only models that match.", valueName: "filter"))
  var filter = ""

  @Option(
    name: .customLong("order-by"),
    help: ArgumentHelp("Such as `name DESC` or `timestamp`.", valueName: "order"))
  var order: [String] = []

  @Option(help: ArgumentHelp("At most so many.", valueName: "number"))
  var limit = 100

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let search = RegistrySearch(filter: filter, order: order, limit: limit)
    guard let store = try RecordReader.open(records) else {
      try search.checkForModels()
      return console.show([]) { Self.none }
    }
    let models = try store.searchRegisteredModels(search).items
    console.show(.array(models.map(\.json))) {
      guard !models.isEmpty else { return filter.isEmpty ? Self.none : "no model matches" }
      var table = TextTable([
        .init(title: "NAME", isText: true), .init(title: "LATEST", alignment: .right),
        .init(title: "ALIASES", yields: 1, isText: true), .init(title: "UPDATED", yields: 2),
      ])
      table.rows = models.map { model in
        [
          .init(model.name, .bold),
          .init(model.latestVersions.map(\.number).max().map { "\($0)" } ?? ""),
          .init(model.aliases.map { "\($0.name)=\($0.version)" }.joined(separator: " ")),
          .init(localTime(model.updated), .dim),
        ]
      }
      return table.text(for: console)
    }
  }

  private static let none = "no models are registered: `reprise models register` makes the first"
}
