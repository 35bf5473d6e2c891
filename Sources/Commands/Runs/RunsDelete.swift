import ArgumentParser
import Formats
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
    _ = try RecordReader.require(records)
    let store = try RecordStore(in: records.path)
    let found = try runs.map { try store.run(store.resolve($0)) }
    for run in found where run.status == .running {
      throw Failure(
        .conflict, "run `\(run.name)` is still running", hint: "end it first, then delete it")
    }
    try store.delete(found.map(\.id))
    console.show(.array(found.map { .string($0.id.hex) })) {
      found.map { "deleted \($0.id.hex.prefix(8)) \($0.name)" }.joined(separator: "\n")
    }
  }
}

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
    _ = try RecordReader.require(records)
    let store = try RecordStore(in: records.path)
    let found = try runs.map { try store.run(store.resolve($0)) }
    try store.restore(found.map(\.id))
    console.show(.array(found.map { .string($0.id.hex) })) {
      found.map { "restored \($0.id.hex.prefix(8)) \($0.name)" }.joined(separator: "\n")
    }
  }
}
