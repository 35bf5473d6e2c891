import Glibc
import Platform
import Records
import SystemPackage

/// The content hash of a file or folder that a run read or wrote.
///
/// A file's is the SHA-256 of its bytes. A folder's is the SHA-256 of one line a member, `HEX  NAME`, members sorted by
/// the bytes of their path below the folder, as `sha256sum` prints them; links count as what they point to.
enum ContentDigest {
  /// Looks at a path of the project.
  ///
  /// - Parameter declared: the path as the MLproject has it; recorded so.
  static func record(_ role: RecordedFile.Role, _ declared: String, at path: FilePath) throws
    -> RecordedFile
  {
    guard let status = try FileSystem.status(path) else {
      return RecordedFile(
        role: role, path: declared, kind: .missing, digest: nil, size: 0, fileCount: 0)
    }
    guard status.kind == .directory else {
      return RecordedFile(
        role: role, path: declared, kind: .file, digest: try SHA256.digest(ofFile: path).hex,
        size: status.size, fileCount: 1)
    }
    var lines: [(name: String, digest: String)] = []
    var size: Int64 = 0
    try walk(path, below: "", depth: 0) { name, file, status in
      lines.append((name, try SHA256.digest(ofFile: file).hex))
      size += status.size
    }
    lines.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    var hash = SHA256()
    for line in lines { hash.update(Array("\(line.digest)  \(line.name)\n".utf8)) }
    return RecordedFile(
      role: role, path: declared, kind: .folder, digest: hash.finish().hex, size: size,
      fileCount: Int64(lines.count))
  }

  private static func walk(
    _ folder: FilePath, below prefix: String, depth: Int,
    _ visit: (String, FilePath, FileStatus) throws -> Void
  ) throws {
    guard depth < 256 else {
      throw Failure(.invalid, "`\(folder)` is nested too deeply", hint: "is there a loop of links?")
    }
    for name in try FileSystem.names(in: folder) {
      let path = folder.appending(name)
      guard let status = try FileSystem.status(path) else { continue }
      switch status.kind {
      case .file: try visit(prefix + name, path, status)
      case .directory: try walk(path, below: prefix + name + "/", depth: depth + 1, visit)
      case .link, .other: continue
      }
    }
  }
}
