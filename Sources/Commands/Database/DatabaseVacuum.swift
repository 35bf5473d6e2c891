import ArgumentParser
import Formats
import Platform
import Records
import Runner

/// `reprise db vacuum`.
struct DatabaseVacuum: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "vacuum",
    abstract: "Give back the room that removed runs took.",
    discussion: """
      The file is written anew, which needs twice its size of free room for the time. What others record meanwhile waits.

      Example: reprise runs gc && reprise db vacuum
      """)

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    _ = try RecordReader.require(records)
    let (before, after) = try RecordStore(in: records.path).vacuum()
    console.show(["before": .int(before), "after": .int(after)]) {
      "\(ByteCount(before)) before, \(ByteCount(after)) now"
    }
  }
}
