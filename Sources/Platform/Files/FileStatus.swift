import Glibc
import SystemPackage

/// What the file system says of a path.
package struct FileStatus: Sendable, Hashable {
  package enum Kind: Sendable { case file, directory, link, other }

  package var kind: Kind
  /// Bytes.
  package var size: Int64
  /// The permission bits, as `0o755`.
  package var mode: UInt32
  package var device: UInt64
  package var inode: UInt64
  /// Nanoseconds since 1970.
  package var modified: Int64
  /// Nanoseconds since 1970.
  package var changed: Int64

  package var isExecutable: Bool { mode & 0o111 != 0 }

  static func read(_ path: FilePath, followingLinks: Bool) throws -> FileStatus? {
    var s = Glibc.stat()
    let result = path.withPlatformString { name in
      followingLinks ? stat(name, &s) : lstat(name, &s)
    }
    guard result == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw Failure(errno: errno, "look at", path)
    }
    return FileStatus(s)
  }

  init(_ s: Glibc.stat) {
    kind =
      switch s.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .directory
      case S_IFLNK: .link
      default: .other
      }
    size = Int64(s.st_size)
    mode = s.st_mode & 0o7777
    device = UInt64(s.st_dev)
    inode = UInt64(s.st_ino)
    modified = Int64(s.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(s.st_mtim.tv_nsec)
    changed = Int64(s.st_ctim.tv_sec) &* 1_000_000_000 &+ Int64(s.st_ctim.tv_nsec)
  }
}
