import ArgumentParser
import Platform
import Records
import Runner

/// `reprise runs delete`: takes runs out of the listings; `restore` brings them back until `gc`.
struct RunsDelete: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete",
    abstract: "Take runs out of the listings; `runs restore` brings them back.",
    discussion: "Example: reprise runs delete latest 3f2a91")

  @Argument(help: "The runs: ids, prefixes, names, `latest` or `latest~N`.")
  var runs: [String]

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let (store, found) = try RunReference.open(runs, in: records)
    for run in found where run.status == .running {
      throw Failure(
        .conflict, "run `\(run.name)` is still running", hint: "end it first, then delete it")
    }
    try store.delete(found.map(\.id))
    console.show(found, verb: "deleted")
  }
}
