import Platform
import SystemPackage

/// What a pointer says of a path, or of a part of it.
enum NamedContent {
  /// No content, or nothing of that name.
  case nothing
  /// The listing of the folder is not in the cache: the part is this version's when the whole is.
  case notKnown
  /// The files of a folder are there as far as they are needed to compare.
  case content(ObjectName, files: FileTable?)
}

extension DataRepository {
  /// - Parameter part: from the tracked path; empty for all of it.
  func named(by tracked: TrackedPath, _ part: FilePath) -> NamedContent {
    guard let object = tracked.output.object else { return .nothing }
    if !object.isFolder { return part.isEmpty ? .content(object, files: nil) : .nothing }
    if part.isEmpty, object.family == .md5 { return .content(object, files: nil) }
    guard let listing = try? cache.listing(object) else { return .notKnown }
    if part.isEmpty { return .content(object, files: listing) }
    let files = listing.part(part)
    guard files.count > 0,
      let name = files.objectName(isFolder: !files.isFile, family: object.family)
    else { return .nothing }
    return .content(name, files: files)
  }

  /// What is at a part of a tracked folder now. The stat cache of the whole is asked; only the part is read.
  func snapshot(
    of part: FilePath, in tracked: TrackedPath, watch: FileWatch
  ) throws -> Snapshot {
    let path = tracked.path.pushing(part)
    let target = root.pushing(path)
    let known = StatCache(StatCache(reading: statFile(tracked.path)).table.part(part))
    var snapshot = try Snapshot(
      target, known: known, watch: watch, isIgnored: ignoredFiles(below: path))
    guard !snapshot.unknown.isEmpty else { return snapshot }
    let (failures, _) = try snapshot.hash(target, watch: watch)
    if let failure = failures.first { throw failure }
    return snapshot
  }

  /// Whether what is at a path is some content. DVC before 3 named texts by other digests: those are read again.
  func holds(
    _ snapshot: Snapshot, _ name: ObjectName, _ files: FileTable?, at path: FilePath
  ) throws -> Bool {
    guard let object = snapshot.objectName(), object.isFolder == name.isFolder else {
      return false
    }
    if object.digest == name.digest { return true }
    guard name.family == .legacy, let files = name.isFolder ? files : FileTable(of: name) else {
      return false
    }
    let table = try legacy(snapshot.table, beside: files, at: path)
    return table.objectName(isFolder: name.isFolder, family: .legacy) == name
  }
}
