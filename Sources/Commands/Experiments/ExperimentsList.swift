import ArgumentParser
import Formats
import Records
import Runner

/// `reprise experiments list`: the experiments as a table, newest first.
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
        .init(title: "ID", alignment: .right), .init(title: "NAME", isText: true),
        .init(title: "STATE", yields: 1), .init(title: "CREATED", yields: 2),
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
