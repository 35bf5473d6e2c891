import Platform
import Records
import SystemPackage

/// What runs made, kept by the hash of the content: `.reprise/cache/objects/xx/REST`.
///
/// A file is kept by the SHA-256 of its bytes; a folder by the SHA-256 of its ``FolderList``, and the files of that list
/// one by one. So the digest of a ``RecordedFile`` names what is kept, and equal contents are kept once.
///
/// An object appears whole, by rename from `cache/tmp`; a process that is killed leaves only what the next one that writes
/// takes away. Objects are not synced: after a power failure one may be damaged, which is found when it is read, and such
/// an object is removed. Any number of processes may use the store at once; only ``sweep(keeping:)`` wants it alone.
package struct OutputStore: Sendable {
  /// `.reprise/cache`.
  let folder: FilePath

  package init(in records: RecordsFolder) { folder = records.path.appending("cache") }

  /// Where a content is kept, whole or not at all; nil when it is not kept. The bytes are not verified.
  package func path(of digest: String) -> FilePath? {
    guard let path = place(of: digest), FileSystem.isFile(path) else { return nil }
    return path
  }

  /// A small content that is kept, verified; nil when it is not there. One that is damaged is removed.
  package func bytes(of digest: String) throws -> [UInt8]? {
    guard let path = path(of: digest) else { return nil }
    let bytes = try FileSystem.read(path)
    if SHA256.digest(of: bytes).hex == digest { return bytes }
    try FileSystem.remove(path)
    return nil
  }

  /// What a folder that is kept holds; nil when its list is not there.
  package func list(of digest: String) throws -> FolderList? {
    try bytes(of: digest).flatMap { FolderList(parsing: $0) }
  }

  /// Whether something can be brought back, as far as a look at the names tells. What was missing can.
  package func has(_ file: RecordedFile) throws -> Bool {
    switch file.kind {
    case .missing: return true
    case .file: return file.digest.flatMap(path(of:)) != nil
    case .folder:
      guard let digest = file.digest, let list = try list(of: digest) else { return false }
      return list.members.allSatisfy { path(of: $0.digest) != nil }
    }
  }

  /// Where the object of a digest is, or would be; nil for what is no digest.
  func place(of digest: String) -> FilePath? {
    guard FolderList.isDigest(digest) else { return nil }
    return objects.appending(String(digest.prefix(2))).appending(String(digest.dropFirst(2)))
  }

  var objects: FilePath { folder.appending("objects") }

  /// A folder for what is not whole yet, on the same file system as the objects; what killed processes left goes.
  func workplace() throws -> TemporaryDirectory {
    let parent = folder.appending("tmp")
    try FileSystem.createDirectory(parent)
    TemporaryDirectory.removeAbandoned(prefix: "work-", in: parent)
    return try TemporaryDirectory(prefix: "work-", in: parent)
  }

  /// Held by who uses objects that no record names yet, and by who removes objects.
  package func lock(shared: Bool = true) throws -> FileLock {
    try FileSystem.createDirectory(folder)
    return try FileLock(folder.appending("lock"), shared: shared)
  }
}

extension OutputStore {
  /// Whether something can be brought back, with every byte verified. What is damaged is removed.
  package func isWhole(_ file: RecordedFile) throws -> Bool {
    guard try has(file) else { return false }
    switch file.kind {
    case .missing: return true
    case .file: return try isWhole(file.digest ?? "")
    case .folder:
      let list = try file.digest.flatMap(list(of:))
      return try list?.members.allSatisfy { try isWhole($0.digest) } ?? false
    }
  }

  private func isWhole(_ digest: String) throws -> Bool {
    guard let path = path(of: digest) else { return false }
    if try SHA256.digest(ofFile: path).hex == digest { return true }
    try FileSystem.remove(path)
    return false
  }
}
