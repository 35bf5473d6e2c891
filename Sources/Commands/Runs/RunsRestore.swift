import ArgumentParser
import Records
import Runner

/// `reprise runs restore`: brings deleted runs back.
struct RunsRestore: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Bring deleted runs back.",
    discussion: "Example: reprise runs restore 3f2a91")

  @Argument(help: "The runs: ids, prefixes or names.")
  var runs: [String]

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let (store, found) = try RunReference.open(runs, in: records)
    try store.restore(found.map(\.id))
    console.show(found, verb: "restored")
  }
}
