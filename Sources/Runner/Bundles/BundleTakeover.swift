import Platform
import Records
import SystemPackage

/// Takes the run of an archive into records, so that it can be played as one that was made there.
///
/// Nothing is taken before the whole archive is checked. Then contents come first, by their digests, and the run itself
/// last, in one transaction; a call that is killed in between leaves what the next one uses or takes away.
package struct BundleTakeover: Sendable {
  let records: RecordsFolder
  let progress: any RunProgress

  package init(into records: RecordsFolder, progress: any RunProgress) {
    (self.records, self.progress) = (records, progress)
  }

  /// What was taken.
  package struct Taken: Sendable {
    package var run: RunID
    /// Whether it was not there before.
    package var isNew: Bool
    package var manifest: BundleManifest
  }

  /// Whether a path names a file that means to be an archive.
  package static func isArchive(_ path: FilePath) -> Bool { BundleArchive.isArchive(path) }

  /// - Throws: ``Failure`` for what is no archive of a run or a damaged one, and with `.conflict` when another run of its
  ///   id is there; the records are then as they were.
  package func take(_ file: FilePath) throws -> Taken {
    let isNew = !FileSystem.exists(records.path)
    do {
      try records.create()
      return try takeChecked(file)
    } catch {
      // Nobody has recorded anything there meanwhile.
      if isNew, !FileSystem.exists(records.path.appending("records.db")) {
        try? FileSystem.removeTree(records.path)
      }
      throw error
    }
  }

  private func takeChecked(_ file: FilePath) throws -> Taken {
    let objects = OutputStore(in: records)
    let use = try objects.lock()
    defer { withExtendedLifetime(use) {} }
    let work = try objects.workplace()
    defer { withExtendedLifetime(work) {} }
    var done: Int64 = 0
    let archive = try BundleArchive(file, into: work.path.appending("archive")) { count in
      done += Int64(count)
      progress.update("checking the archive: \(ByteCount(done))")
    }
    progress.update("checking the code")
    let commit = archive.record.run.tag("mlflow.source.git.commit")
    let code = work.path.appending("code")
    do {
      if let commit, !archive.manifest.code.isEmpty {
        try CodeCache.open(archive.manifest.code, of: archive.root, commit: commit, into: code)
      }
    } catch var failure as Failure where failure.code == .corrupt {
      failure.location = SourceLocation(file: file.string)
      throw failure
    }
    // What no record may say is found where nothing is kept.
    do {
      try record(archive, in: RecordStore(in: work.path.appending("rehearsal"))) { _ in }
    } catch var failure as Failure where [.invalid, .parse].contains(failure.code) {
      failure.location = SourceLocation(file: file.string)
      throw failure
    }
    // One at a time from here on: what is found is still so when it is written.
    let turn = try FileLock(records.path.appending("cache/take.lock"))
    defer { withExtendedLifetime(turn) {} }
    let isThere = try meets(archive)
    try objects.adopt(from: archive.root.pushing(FilePath(BundleLayout.objects)))
    if let commit, FileSystem.isDirectory(code) {
      try CodeCache(in: records).put(code, of: commit, aside: work.path.appending("old"))
    }
    if !isThere { try record(archive) }
    return Taken(run: archive.record.run.id, isNew: !isThere, manifest: archive.manifest)
  }

  /// Whether the run is here already.
  private func meets(_ archive: BundleArchive) throws -> Bool {
    guard FileSystem.exists(records.path.appending("records.db")),
      let store = try? RecordStore(readingIn: records.path),
      let here = try? store.run(archive.record.run.id)
    else { return false }
    let name = try store.experiment(id: here.experiment).name
    guard let key = BundleRecord(here, experiment: name).contradiction(to: archive.record) else {
      return true
    }
    throw Failure(
      .conflict,
      "the records have another run \(here.id.hex.prefix(8)) (\(here.name)): its `\(key)` differs from the archive's",
      hint:
        "play the archive in an empty folder, or remove that run: reprise runs delete \(here.id.hex.prefix(8)), then reprise runs gc"
    )
  }

  private func record(
    _ archive: BundleArchive, in store: RecordStore, place: (ExperimentID) throws -> Void
  ) throws {
    let points = archive.root.pushing(FilePath(BundleLayout.metrics))
    let experiment = ExperimentCopy(name: archive.record.experiment)
    try store.takeOver(
      whole: archive.record.run, in: experiment, points: { try BundlePoints.read(points, $0) },
      place: place)
  }

  private func record(_ archive: BundleArchive) throws {
    let made = archive.root.appending("artifacts")
    try record(archive, in: RecordStore(in: records.path)) { experiment in
      let place = records.artifacts(of: archive.record.run.id, in: experiment)
      // What a call left that was killed before its run was recorded.
      try FileSystem.removeTree(place.removingLastComponent())
      try FileSystem.createDirectory(place.removingLastComponent())
      if FileSystem.isDirectory(made) {
        try FileSystem.rename(made, to: place)
      } else {
        try FileSystem.createDirectory(place)
      }
    }
  }
}
