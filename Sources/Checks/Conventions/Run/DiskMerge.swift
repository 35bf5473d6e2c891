import Git
import Platform
import SystemPackage

/// Brings a change of what is staged to the file on disk, which may hold other changes.
enum DiskMerge {
  /// - Parameters:
  ///   - old: what was staged.
  ///   - new: what is staged now.
  /// - Returns: whether the file has the change; where it does not fit, the file is left as it is.
  static func bring(_ old: [UInt8], _ new: [UInt8], to path: FilePath) throws -> Bool {
    // A deleted file, a link or a folder is a person's own change.
    guard try FileSystem.linkStatus(path)?.kind == .file else { return false }
    let disk = try FileSystem.read(path, limit: 1 << 30)
    guard disk != new else { return true }
    guard disk != old else {
      try FileSystem.write(new, to: path)
      return true
    }
    let labels = FileMerge.Labels(ours: "disk", base: "index", theirs: "mended")
    let merge = try FileMerge(base: old, ours: disk, theirs: new, labels: labels)
    guard !merge.hasConflicts else { return false }
    // Somebody may have saved meanwhile.
    guard try FileSystem.read(path, limit: 1 << 30) == disk else { return false }
    try FileSystem.write(merge.content, to: path)
    return true
  }
}
