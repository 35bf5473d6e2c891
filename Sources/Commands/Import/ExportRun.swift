import ArgumentParser
import Formats
import Platform
import Projects
import Records
import Runner
import SystemPackage

/// `reprise export RUN`: all that playing a run again needs, in one file.
struct ExportRun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Make an archive of a run that `reprise replay` plays on another machine.",
    discussion: """
      The archive holds the record, the artifacts, the code (the commit with its history and submodules, and what was not \
      committed), the contents of inputs that the commit does not hold, and what the run wrote. It is a zip file that any \
      program opens, and an RO-Crate. The same run gives the same bytes. What cannot be had is told, and named in it.

        reprise export latest -o run.zip
        reprise export 3f2a -o run.zip --without-data
        reprise export latest -o run.zip --strict

      On another machine, without the repository:

        reprise replay run.zip
      """)

  @Argument(help: "The run: id, prefix, name, `latest` or `latest~N`.")
  var run = "latest"

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The archive to write.", valueName: "file"))
  var output: String

  @Flag(
    help: "Leave out the contents of inputs that the commit does not hold; the remote is named.")
  var withoutData = false

  @Flag(help: "Leave out the commits that led to the one of the run.")
  var withoutHistory = false

  @Flag(help: "Write nothing when something is missing.")
  var strict = false

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try Place(global)
    let console = global.console
    let records = RecordsFolder.nearest(to: place.folder, variables: place.variables)
    let store = try RecordReader.require(records)
    let original = try store.run(store.resolve(run))
    let origin = try ReplayOrigin(original, store: store, records: records, folders: [place.folder])
    let target = try FileSystem.absolute(FilePath(output), in: place.folder)
    let stopped = StopFlag()
    let progress = ProgressLine(console: console)
    let export = BundleExport(
      origin, options,
      data: ReplayData(variables: place.variables, isStopped: { stopped.isSet }),
      replayOptions: ReplayOptions(variables: place.variables, workingFolder: place.folder),
      announce: { [console] in console.note($0) }, progress: progress)
    let summary = try await interruptible(stopped) { try export.write(to: target) }
    progress.clear()
    let manifest = summary.manifest
    for text in manifest.missing { console.warn(Warning("missing in the archive: \(text)")) }
    console.show(json(summary)) {
      let out = manifest.contents.filter { $0.holder == .leftOut }.map { "`\($0.path)`" }
      let left = out.isEmpty ? "" : "left out: \(out.joined(separator: ", "))\(remote(manifest))\n"
      return left + "\(output): \(singleLine(original.name)), \(summary.size)"
    }
  }

  private var options: BundleExport.Options {
    var options = BundleExport.Options()
    options.leavesDataOut = withoutData
    options.leavesHistoryOut = withoutHistory
    options.isStrict = strict
    return options
  }

  private func remote(_ manifest: BundleManifest) -> String {
    manifest.remote.map { " (the remote `\($0.name)`: \($0.url))" } ?? ""
  }

  private func json(_ summary: BundleExport.Summary) -> JSONValue {
    let manifest = summary.manifest
    return .object([
      .init("run_id", .string(manifest.run.hex)), .init("file", .string(summary.path.string)),
      .init("size", .int(summary.size.bytes)), .init("members", .int(Int64(summary.members))),
      .init(
        "contents",
        .array(
          manifest.contents.map {
            .object([
              .init("role", .string($0.role.rawValue)), .init("path", .string($0.path)),
              .init("sha256", .string($0.digest)), .init("held_by", .string($0.holder.rawValue)),
            ])
          })),
      .init(
        "remote",
        manifest.remote.map {
          .object([.init("name", .string($0.name)), .init("url", .string($0.url))])
        } ?? .null),
      .init("missing", .array(manifest.missing.map { .string($0) })),
    ])
  }
}
