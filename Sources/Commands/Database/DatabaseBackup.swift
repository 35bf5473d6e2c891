import ArgumentParser
import Formats
import Platform
import Records
import Runner
import SystemPackage

/// `reprise db backup FILE`.
struct DatabaseBackup: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the records into one file, also while a server writes them.",
    discussion: """
      The copy holds one moment, and appears whole or not at all. To go back to it, stop what records, remove \
      `.reprise/records.db-wal` and `-shm`, and put the copy in the place of `.reprise/records.db`. Artifacts are not copied.

      Example: reprise db backup /backups/records.db --force
      """)

  @Argument(help: "The file to write.", completion: .file())
  var file: String

  @Flag(help: "Replace the file when it is there.")
  var force = false

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let target = try FileSystem.absolute(FilePath(file))
    guard force || !FileSystem.exists(target) else {
      throw Failure(
        .conflict, "`\(file)` is there already",
        hint: "replace it: reprise db backup \(file) --force")
    }
    guard FileSystem.realPath(target) != FileSystem.realPath(records.path.appending("records.db"))
    else { throw Failure(.usage, "`\(file)` is the records database itself") }
    let line = ProgressLine(console: console)
    let size = try RecordReader.require(records).backUp(to: target) { done, all in
      line.update("copied \(done) of \(all) pages")
    }
    line.clear()
    console.show(["file": .string(target.string), "bytes": .int(size)]) {
      "\(ByteCount(size)) in `\(file)`"
    }
  }
}
