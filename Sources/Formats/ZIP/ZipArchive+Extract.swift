import Glibc
import Platform
import SystemPackage

extension ZipArchive {
  /// Writes all entries into a new folder: everything, or nothing.
  ///
  /// Files keep the permission bits that Unix gave them, without those that let others write; links are made when they
  /// stay inside the folder. The folder appears by one rename after the last check.
  ///
  /// - Parameter target: must not be there, or be an empty folder.
  /// - Throws: ``Failure`` with `.parse`, naming the entry, for names that lead elsewhere, entries that stand twice,
  ///   content that is damaged, and archives over the limits; `.conflict` when the target holds something.
  package func extract(to target: FilePath, limits: ZipLimits = ZipLimits()) throws {
    let target = try FileSystem.absolute(target)
    if FileSystem.exists(target) {
      guard FileSystem.isDirectory(target), try FileSystem.names(in: target).isEmpty else {
        throw Failure(.conflict, "cannot extract into `\(target)`: it is there already")
      }
    }
    let plan: ZipExtraction
    do { plan = try ZipExtraction(self, limits) } catch { throw error.failure(in: name) }
    let parent = target.removingLastComponent()
    try FileSystem.createDirectory(parent)
    let prefix = ".reprise-extract-"
    TemporaryDirectory.removeAbandoned(prefix: prefix, in: parent)
    let temporary = try TemporaryDirectory(prefix: prefix, in: parent)
    defer { withExtendedLifetime(temporary) {} }
    let root = temporary.path.appending("root")
    try FileSystem.createDirectory(root)
    for folder in plan.folders.sorted(by: { $0.count < $1.count }) {
      try FileSystem.createDirectory(path(folder, in: root))
    }
    for file in plan.files { try write(file, in: root) }
    for link in plan.links { try make(link, in: root) }
    try FileSystem.rename(root, to: target)
  }

  private func write(_ file: ZipExtraction.File, in root: FilePath) throws {
    let path = path(file.path, in: root)
    // Two names that the file system takes for one must not overwrite each other.
    let descriptor = open(path.string, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Failure(errno: errno, "write", path) }
    defer { close(descriptor) }
    try unpack(file.entry) { piece in
      guard !Task.isCancelled else {
        throw Failure(.interrupted, "extracting `\(name)` was interrupted")
      }
      try FileSystem.writeAll(descriptor, piece, to: path)
    }
    guard fchmod(descriptor, file.mode) == 0 else { throw Failure(errno: errno, "write", path) }
  }

  private func make(_ link: ZipExtraction.File, in root: FilePath) throws {
    let target = try content(of: link.entry, limit: Int(PATH_MAX))
    do { try ZipExtraction.checkLink(link, target: target) } catch { throw error.failure(in: name) }
    let path = path(link.path, in: root)
    let result = (target + [0]).withUnsafeBytes {
      symlink($0.baseAddress!.assumingMemoryBound(to: CChar.self), path.string)
    }
    guard result == 0 else { throw Failure(errno: errno, "create the link", path) }
  }

  private func path(_ steps: [String], in root: FilePath) -> FilePath {
    steps.reduce(root) { $0.appending($1) }
  }
}
