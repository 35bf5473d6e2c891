import ArgumentParser
import Formats
import Platform
import Records
import Runner

/// `reprise runs list`: the recorded runs as a table, newest first.
struct RunsList: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List recorded runs, newest first.")

  @OptionGroup var selection: RunSelection

  @Option(name: [.customShort("n"), .long], help: "How many runs at the most.")
  var limit = 20

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard limit > 0 else { throw ValidationError("`--limit` takes a number above 0") }
  }

  func run(in records: RecordsFolder, console: Console) async throws {
    guard let store = try RecordReader.open(records) else {
      _ = try selection.expressions()
      return console.show([]) { "no runs yet: `reprise run` records one" }
    }
    let runs = try store.search(selection.request(in: store, limit: limit))
    console.show(.array(runs.map(\.json))) {
      guard !runs.isEmpty else { return "no runs match" }
      return RunTable(runs, asked: selection.metricKeys).text(for: console)
    }
  }
}

extension RunSelection {
  /// The metrics that the person named, which the table then shows first.
  var metricKeys: [String] {
    ([filter ?? ""] + orderBy).flatMap { text -> [String] in
      text.split(whereSeparator: { " ,()<>=!".contains($0) }).compactMap { word in
        ["metrics.", "metric."].first { word.hasPrefix($0) }
          .map { word.dropFirst($0.count).trimmingQuotes }
      }
    }
  }
}

extension Substring {
  fileprivate var trimmingQuotes: String {
    String(drop { "`\"".contains($0) }.prefix { !"`\"".contains($0) })
  }
}
