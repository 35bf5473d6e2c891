import Glibc
import SystemPackage

/// A temporary file without a name: it is gone when it is closed, and when the process is killed.
package final class UnnamedFile {
  /// How many bytes were written.
  package private(set) var size = 0
  private let descriptor: Int32
  private let folder: FilePath

  /// - Parameter folder: whose disk it takes room on; `$TMPDIR` or `/tmp` when nil.
  /// - Throws: ``Failure`` that names the folder.
  package init(in folder: FilePath? = nil) throws {
    let folder = folder ?? TemporaryDirectory.parent
    self.folder = folder
    var found = folder.withPlatformString { open($0, Self.flag | O_RDWR | O_CLOEXEC, 0o600) }
    if found < 0, [EOPNOTSUPP, EISDIR, ENOENT, EINVAL].contains(errno) {
      found = Self.openAndUnlink(in: folder)
    }
    guard found >= 0 else { throw Failure(errno: errno, "create a temporary file in", folder) }
    descriptor = found
  }

  deinit { close(descriptor) }

  /// `O_TMPFILE`, which Glibc's module leaves out; the same on all of Linux's architectures that Swift runs on.
  package static let flag = 0o20_000_000 | O_DIRECTORY

  /// For file systems that make no file without a name.
  private static func openAndUnlink(in folder: FilePath) -> Int32 {
    let name = folder.appending("reprise-" + String(UInt64.random(in: .min ... .max), radix: 16))
    let found = name.withPlatformString {
      open($0, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    }
    guard found >= 0, name.withPlatformString({ unlink($0) }) != 0 else { return found }
    let number = errno
    close(found)
    errno = number
    return -1
  }

  /// Writes bytes behind those that are there.
  ///
  /// - Throws: ``Failure`` with code `.noSpace` on a full disk.
  package func append(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = UnsafeRawBufferPointer(rebasing: rest)
      let written = pwrite(descriptor, piece.baseAddress, piece.count, size)
      if written < 0, errno == EINTR { continue }
      guard written >= 0 else { throw Failure(errno: errno, "write a temporary file in", folder) }
      size += written
      rest = rest.dropFirst(written)
    }
  }

  /// Fills a buffer with the bytes from a place on.
  ///
  /// - Precondition: so many were written.
  package func read(at place: Int, into buffer: UnsafeMutableRawBufferPointer) throws {
    precondition(place >= 0 && buffer.count <= size - place, "bytes that were not written")
    var filled = 0
    while filled < buffer.count {
      let count = pread(
        descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled, place + filled)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw Failure(errno: count < 0 ? errno : EIO, "read a temporary file in", folder)
      }
      filled += count
    }
  }
}
