import Glibc
import Platform
import SystemPackage

/// A file that a content is written to, piece by piece.
///
/// A large one goes to the disk past the page cache: that costs a fifth of the processor's time, and what was in the cache
/// stays there.
struct CopyTarget {
  /// What pieces and their sizes must be a multiple of, except for the last.
  static let alignment = 4096
  /// From this size on, in bytes.
  private static let large: Int64 = 32 << 20

  private var file: Int32 = -1
  private var isDirect = false

  var isOpen: Bool { file >= 0 }

  /// - Parameter size: in bytes, as far as it is known.
  mutating func open(_ path: FilePath, mode: mode_t, size: Int64) throws {
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
    isDirect = size >= Self.large
    file = path.withPlatformString { Glibc.open($0, isDirect ? flags | __O_DIRECT : flags, mode) }
    if file < 0, isDirect, errno == EINVAL {
      // Some file systems know no other way than the cache.
      isDirect = false
      file = path.withPlatformString { Glibc.open($0, flags, mode) }
    }
    guard file >= 0 else { throw Failure(errno: errno, "write", path) }
  }

  mutating func write(_ piece: UnsafeRawBufferPointer, to path: FilePath) throws {
    if isDirect {
      if piece.count % Self.alignment == 0 {
        var rest = piece
        while !rest.isEmpty {
          let count = Glibc.write(file, rest.baseAddress, rest.count)
          if count < 0, errno == EINTR { continue }
          if count < 0, errno == EINVAL { break }
          guard count >= 0 else { throw Failure(errno: errno, "write", path) }
          rest = UnsafeRawBufferPointer(rebasing: rest[count...])
          // A full disk ends a write in the middle of a block.
          if count % Self.alignment != 0 { break }
        }
        if rest.isEmpty { return }
        try useCache(path)
        return try FileSystem.writeAll(file, rest, to: path)
      }
      try useCache(path)
    }
    try FileSystem.writeAll(file, piece, to: path)
  }

  private mutating func useCache(_ path: FilePath) throws {
    isDirect = false
    let flags = fcntl(file, F_GETFL)
    guard flags >= 0, fcntl(file, F_SETFL, flags & ~__O_DIRECT) == 0 else {
      throw Failure(errno: errno, "write", path)
    }
  }

  /// What `fstat` says of the file now.
  func status(_ path: FilePath) throws -> stat {
    var s = stat()
    guard fstat(file, &s) == 0 else { throw Failure(errno: errno, "write", path) }
    return s
  }

  func setMode(_ mode: mode_t, _ path: FilePath) throws {
    guard fchmod(file, mode) == 0 else { throw Failure(errno: errno, "write", path) }
  }

  /// - Throws: what some disks tell only now: that they were full.
  mutating func close(_ path: FilePath) throws {
    let code = Glibc.close(file)
    let number = errno
    file = -1
    guard code == 0 else { throw Failure(errno: number, "write", path) }
  }

  /// Closes what is not to be kept.
  mutating func abandon() {
    if file >= 0 { _ = Glibc.close(file) }
    file = -1
  }
}
