import Glibc
import Platform
import SystemPackage

/// A hidden folder beside the project in which it is made before it appears under its name.
///
/// It is locked while we live. One whose lock is free belonged to a process that was killed, and is removed by the next.
final class StagingFolder {
  static let prefix = ".reprise-new-"

  let path: FilePath
  /// Where the project is made.
  let root: FilePath
  private let descriptor: Int32

  init(in output: FilePath) throws {
    try Self.removeAbandoned(in: output)
    path = try TemporaryDirectory(prefix: Self.prefix, in: output).keep()
    root = path.appending("root")
    descriptor = open(path.appending("lock").string, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let number = errno
      if descriptor >= 0 { close(descriptor) }
      try? FileSystem.removeTree(path)
      throw Failure(errno: number, "lock", path)
    }
  }

  deinit {
    try? FileSystem.removeTree(path)
    close(descriptor)
  }

  private static func removeAbandoned(in output: FilePath) throws {
    for name in try FileSystem.components(in: output) where name.string.hasPrefix(prefix) {
      let folder = output.appending(name)
      let lock = open(folder.appending("lock").string, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
      guard lock >= 0 else {
        // Killed before it was locked, or just being made: only one that is older than a minute.
        if errno == ENOENT, let status = try FileSystem.linkStatus(folder),
          status.kind == .directory, Int64(time(nil)) - status.changed / 1_000_000_000 > 60
        {
          try? FileSystem.removeTree(folder)
        }
        continue
      }
      defer { close(lock) }
      if flock(lock, LOCK_EX | LOCK_NB) == 0 { try? FileSystem.removeTree(folder) }
    }
  }
}
