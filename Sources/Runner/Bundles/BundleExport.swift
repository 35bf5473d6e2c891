import Formats
import Platform
import Records
import SystemPackage

/// Writes the archive of a run: all that playing it again needs on another machine.
///
/// The same run gives the same bytes, as long as the same of it is to be had.
package struct BundleExport: Sendable {
  package struct Options: Sendable {
    /// Whether the contents of inputs that the commit does not hold stay out.
    package var leavesDataOut = false
    /// Whether the commit goes without those that led to it.
    package var leavesHistoryOut = false
    /// Whether nothing is written when something is missing.
    package var isStrict = false

    package init() {}
  }

  /// What was written.
  package struct Summary: Sendable {
    package var path: FilePath
    package var size: ByteCount
    package var members: Int
    package var manifest: BundleManifest
  }

  let origin: ReplayOrigin
  let options: Options
  let data: (any DataSupply)?
  let replayOptions: ReplayOptions
  let announce: @Sendable (String) -> Void
  let progress: any RunProgress

  /// - Parameters:
  ///   - data: brings versioned data; nil when nobody does.
  ///   - replayOptions: our own variables, and where the command was started.
  package init(
    _ origin: ReplayOrigin, _ options: Options, data: (any DataSupply)?,
    replayOptions: ReplayOptions, announce: @escaping @Sendable (String) -> Void,
    progress: any RunProgress
  ) {
    self.origin = origin
    self.options = options
    self.data = data
    self.replayOptions = replayOptions
    self.announce = announce
    self.progress = progress
  }

  private static let prefix = "reprise-export-"

  /// - Throws: ``Failure`` when the target cannot be written, something changes meanwhile, or something is missing and that
  ///   was not to be.
  package func write(to target: FilePath) throws -> Summary {
    TemporaryDirectory.removeAbandoned(prefix: Self.prefix)
    let place = try TemporaryDirectory(prefix: Self.prefix)
    defer { withExtendedLifetime(place) {} }
    progress.update("looking for what the run was made of")
    var contents = try BundleContents(self, in: place.path)
    try contents.gather()
    if options.isStrict, !contents.manifest.missing.isEmpty {
      throw Failure(
        .notFound, "run `\(origin.run.name)` cannot be archived whole",
        hint: "without --strict it is archived without that",
        details: contents.manifest.missing.map { Failure(.notFound, $0) })
    }
    let points = place.path.appending("metrics.jsonl")
    try BundlePoints.write(of: origin.run.id, in: origin.store, to: points)
    let experiment = try origin.store.experiment(id: origin.run.experiment).name
    let record = BundleRecord(origin.run, experiment: experiment)
    var done: Int64 = 0
    var members = 0
    let size = try ZipWriter.write(to: target) { count in
      try Task.checkCancellation()
      done += Int64(count)
      progress.update("packing: \(ByteCount(done)) of \(contents.size)")
    } _: { zip in
      try zip.add(BundleLayout.readme, BundleReadme(record, contents.manifest).text)
      try zip.add(BundleLayout.run, record.json.utf8(.indented) + [0x0A])
      try zip.add(BundleLayout.metrics, file: points)
      for file in contents.files {
        let member = try zip.add(file.member, file: file.path)
        guard file.digest == nil || member.digest == file.digest else {
          throw Failure(.conflict, "`\(file.path)` changed while it was put into the archive")
        }
      }
      for (digest, list) in contents.lists { try zip.add(BundleLayout.object(digest), list) }
      let crate = RunCrate(record, contents, zip.members)
      try zip.add(BundleLayout.crate, crate.json.utf8(.indented) + [0x0A])
      contents.manifest.members = zip.members.map {
        BundleManifest.Member(path: $0.name, digest: $0.digest, size: $0.size)
      }
      try zip.add(BundleLayout.manifest, contents.manifest.json.utf8(.indented) + [0x0A])
      members = zip.members.count
    }
    progress.clear()
    return Summary(path: target, size: size, members: members, manifest: contents.manifest)
  }
}
