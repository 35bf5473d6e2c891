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
    guard let name = files.objectName(family: object.family) else { return .nothing }
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
    guard name.family == .legacy else { return false }
    let target = root.pushing(path)
    guard object.isFolder else { return try Self.legacyDigest(target) == name.digest }
    guard let files else { return false }
    var isSame = true
    try FileTable.match(files, snapshot.table) { old, new in
      guard isSame, new.map({ snapshot.table.entries[$0].isHashed }) != false else { return }
      guard let old, let new else { return isSame = false }
      let digest = files.entries[old].digest
      guard snapshot.table.entries[new].digest != digest else { return }
      isSame = try Self.legacyDigest(target.pushing(FilePath(snapshot.table.text(new)))) == digest
    }
    return isSame
  }

  private static func legacyDigest(_ file: FilePath) throws -> MD5Digest {
    LegacyDigest.digest(of: try FileSystem.read(file, limit: 1 << 34))
  }
}

extension FileTable {
  /// The entries at and below a path, by their paths from there; a file at the path has an empty one.
  func part(_ path: FilePath) -> FileTable {
    guard !path.isEmpty else { return self }
    var part = FileTable()
    let name = Array(path.string.utf8)
    if let index = index(of: name[...]) {
      part.append(path: [], entries[index])
      return part
    }
    let prefix = name + [UInt8(ascii: "/")]
    for index in entries.indices {
      let path = self.path(index)
      if path.starts(with: prefix) {
        part.append(path: path.dropFirst(prefix.count), entries[index])
      }
    }
    return part
  }

  /// The name of the content: of the one file whose path is empty, or of a folder; nil when there is nothing.
  func objectName(family: ObjectName.Family) -> ObjectName? {
    guard let first = entries.first else { return nil }
    if count == 1, first.pathLength == 0 { return ObjectName(first.digest, family: family) }
    return ObjectName(
      MD5.digest(of: FolderListing.bytes(of: self)), isFolder: true, family: family)
  }
}
