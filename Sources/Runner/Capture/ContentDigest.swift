import Platform
import Records
import SystemPackage

/// The content hash of a file or folder that a run read or wrote.
///
/// A file's is the SHA-256 of its bytes. A folder's is the SHA-256 of one line a member, `HEX  NAME`, members sorted by
/// the bytes of their path below the folder, as `sha256sum` prints them; links count as what they point to. What is
/// neither file nor folder (a pipe, a device) is noted without a hash, because reading it could take or wait for ever.
/// `.reprise` folders are left out: a run would be hashed with its own record.
enum ContentDigest {
  /// Looks at a path of the project.
  ///
  /// - Parameters:
  ///   - declared: the path as the MLproject has it; recorded so.
  ///   - take: gets what a folder holds.
  /// - Throws: ``Failure`` when something cannot be read or links go round in a circle; `CancellationError`.
  static func record(
    _ role: RecordedFile.Role, _ declared: String, at path: FilePath,
    listing take: (FolderList) -> Void = { _ in }
  ) throws -> RecordedFile {
    guard let status = try FileSystem.status(path) else {
      return RecordedFile(
        role: role, path: declared, kind: .missing, digest: nil, size: 0, fileCount: 0)
    }
    guard status.kind == .directory else {
      let digest = status.kind == .file ? try SHA256.digest(ofFile: path).hex : nil
      return RecordedFile(
        role: role, path: declared, kind: .file, digest: digest, size: status.size, fileCount: 1)
    }
    var list = FolderList()
    var size: Int64 = 0
    try members(of: path, status) { name, file, status in
      try Task.checkCancellation()
      list.members.append(FolderList.Member(name, try SHA256.digest(ofFile: file).hex))
      size += status.size
    }
    take(list)
    return RecordedFile(
      role: role, path: declared, kind: .folder, digest: SHA256.digest(of: list.text).hex,
      size: size, fileCount: Int64(list.members.count))
  }

  /// Visits the files of a folder that its hash is of: the name below the folder, the path, and what `stat` says of it.
  static func members(
    of folder: FilePath, _ status: FileStatus,
    _ visit: (String, FilePath, FileStatus) throws -> Void
  ) throws {
    try walk(folder, below: "", inside: [Identity(status)], visit)
  }

  /// Tells whether a folder is the same as one above it.
  private struct Identity: Hashable {
    var device: UInt64
    var inode: UInt64

    init(_ status: FileStatus) { (device, inode) = (status.device, status.inode) }
  }

  private static func walk(
    _ folder: FilePath, below prefix: String, inside above: Set<Identity>,
    _ visit: (String, FilePath, FileStatus) throws -> Void
  ) throws {
    for component in try FileSystem.components(in: folder) where component.string != ".reprise" {
      let path = folder.appending(component)
      // A name that is not UTF-8 is repaired in the list that is hashed; the file is read by its bytes.
      let name = component.string
      guard let status = try FileSystem.status(path) else { continue }
      switch status.kind {
      case .file: try visit(prefix + name, path, status)
      case .directory:
        var inside = above
        guard inside.insert(Identity(status)).inserted else {
          throw Failure(
            .invalid, "`\(path)` leads back to a folder that it is in",
            hint: "remove the link, or name the files themselves")
        }
        try walk(path, below: prefix + name + "/", inside: inside, visit)
      case .link, .other: continue
      }
    }
  }
}
