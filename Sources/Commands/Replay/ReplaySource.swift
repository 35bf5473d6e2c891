import Platform
import Records
import Runner
import SystemPackage

/// The run that a person means: one of the records, or that of an archive, which is taken into them first.
final class ReplaySource: Sendable {
  let run: Run
  let store: RecordStore
  let records: RecordsFolder
  /// What an archive says of itself; nil for a run of the records.
  let manifest: BundleManifest?
  /// What to say of it.
  let notes: [String]
  /// Records that last as long as this, in which an archive is only looked at; removed with it.
  private let temporary: TemporaryDirectory?

  private static let prefix = "reprise-look-"

  /// - Parameter isDry: whether the records stay as they are.
  init(_ text: String, _ place: Place, _ isDry: Bool, _ progress: any RunProgress) throws {
    let file = try FileSystem.absolute(FilePath(text), in: place.folder)
    let nearest = RecordsFolder.nearest(to: place.folder, variables: place.variables)
    guard BundleTakeover.isArchive(file) else {
      let runs: [Run]
      (store, runs) = try RunReference.open([text], in: nearest)
      guard let first = runs.first else { throw Failure(.notFound, "there is no run `\(text)`") }
      (run, records, manifest, notes) = (first, nearest, nil, [])
      temporary = nil
      return
    }
    if isDry {
      TemporaryDirectory.removeAbandoned(prefix: Self.prefix)
      let folder = try TemporaryDirectory(prefix: Self.prefix)
      records = RecordsFolder(folder.path.appending("records"))
      temporary = consume folder
    } else {
      temporary = nil
      records = nearest
    }
    defer { progress.clear() }
    let taken = try BundleTakeover(into: records, progress: progress).take(file)
    store = try RecordStore(in: records.path)
    run = try store.run(taken.run)
    manifest = taken.manifest
    let id = taken.run.hex.prefix(8)
    var notes = taken.manifest.missing.map { "missing in the archive: \($0)" }
    if !isDry {
      notes.append(
        taken.isNew
          ? "took run \(id) (\(singleLine(run.name))) into `\(records.path)`"
          : "run \(id) (\(singleLine(run.name))) is in `\(records.path)` already")
    }
    self.notes = notes
  }
}
