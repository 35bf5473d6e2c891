import ArgumentParser
import Formats
import Platform
import Records
import Runner

/// `reprise db stats`.
struct DatabaseStats: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Show how much is recorded and how much room it takes.",
    discussion: """
      Every table and index is listed with its rows and bytes, the largest first. The whole file is read once.

      Example: reprise db stats --json
      """)

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let sizes = try RecordReader.require(records).sizes()
    console.show(json(sizes)) { text(sizes, console) }
  }

  private func json(_ sizes: StoreSizes) -> JSONValue {
    [
      "file": .int(sizes.file), "log": .int(sizes.log), "free": .int(sizes.free),
      "page_size": .int(sizes.pageSize), "version": .int(Int64(sizes.version)),
      "experiments": .int(sizes.experiments), "runs": .int(sizes.runs),
      "deleted_runs": .int(sizes.deletedRuns),
      "parts": .array(
        sizes.parts.map {
          [
            "name": .string($0.name), "index_of": $0.table.map { .string($0) } ?? .null,
            "rows": .int($0.rows), "bytes": .int($0.bytes),
          ]
        }),
    ]
  }

  private func text(_ sizes: StoreSizes, _ console: Console) -> String {
    var table = TextTable([
      .init(title: "TABLE OR INDEX", isText: true), .init(title: "ROWS", alignment: .right),
      .init(title: "SIZE", alignment: .right),
    ])
    table.rows = sizes.parts.map { part in
      [
        .init(part.table == nil ? part.name : "  \(part.name)", part.table == nil ? .bold : .dim),
        .init("\(part.rows)"), .init("\(ByteCount(part.bytes))"),
      ]
    }
    let deleted = sizes.deletedRuns > 0 ? " and \(sizes.deletedRuns) deleted" : ""
    return """
      \(sizes.runs) runs\(deleted) in \(sizes.experiments) experiments
      \(ByteCount(sizes.file)), of which \(ByteCount(sizes.free)) free; log \(ByteCount(sizes.log))

      \(table.text(for: console))
      """
  }
}
