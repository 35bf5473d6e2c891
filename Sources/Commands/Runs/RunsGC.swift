import ArgumentParser
import Formats
import Platform
import Records
import Runner
import SystemPackage

/// `reprise runs gc`: removes deleted runs for good, with their artifacts.
struct RunsGC: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "gc",
    abstract: "Remove deleted runs and their artifacts for good.",
    discussion: """
      Only runs that `runs delete` took out are removed. `--older-than 30d` keeps those that were deleted since. Of the \
      outputs that are kept for `reprise run`, those that no run names any more go too.

      Example: reprise runs gc --dry-run
      """)

  @Option(
    help: ArgumentHelp(
      "Only runs deleted longer ago than this: 90s, 10m, 2h, 30d.", valueName: "time"))
  var olderThan: String?

  @Flag(help: "Print what would be removed, and remove nothing.")
  var dryRun = false

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    _ = try RecordReader.require(records)
    let store = try RecordStore(in: records.path)
    let before = try olderThan.map { try Clock.milliseconds() - TimeLength.milliseconds($0) }
    let runs =
      try dryRun
      ? store.purgeable(deletedBefore: before) : store.purge(deletedBefore: before)
    if !dryRun {
      try removeArtifacts(of: runs, in: records)
      // The code that came with archives, once no run needs it.
      try CodeCache(in: records).sweep(keeping: store.tagValues(of: "mlflow.source.git.commit"))
    }
    let swept = try OutputStore(in: records).sweep(for: store, dryRun: dryRun)
    if swept.objects > 0 {
      console.note(
        "\(dryRun ? "would remove" : "removed") \(swept.objects) kept contents (\(swept.size))")
    }
    console.show(runs, verb: dryRun ? "would remove" : "removed", orElse: "nothing to remove")
  }

  /// The rows are gone first: a crash in between leaves files that nobody names, never a run without its files.
  private func removeArtifacts(of runs: [Run], in records: RecordsFolder) throws {
    for run in runs {
      let folder = records.artifacts(of: run.id, in: run.experiment).removingLastComponent()
      try FileSystem.removeTree(folder)
    }
  }
}
