import Glibc
import SystemPackage

/// A regular file of a ``ConfinedFolder``, open for reading; closed with the value.
package final class ConfinedFile: Sendable {
  package let status: FileStatus
  package let descriptor: FileDescriptor
  private let shown: FilePath

  /// Takes over a descriptor.
  init(_ descriptor: Int32, shown: FilePath) throws {
    self.descriptor = FileDescriptor(rawValue: descriptor)
    self.shown = shown
    var s = stat()
    let number = fstat(descriptor, &s) == 0 ? 0 : errno
    status = FileStatus(s)
    guard number == 0 else { throw Failure(errno: number, "look at", shown) }
  }

  deinit { close(descriptor.rawValue) }

  /// Reads from an offset in bytes; returns how many came, fewer only at the file's end.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws -> Int {
    var count = 0
    while count < buffer.count {
      let start = buffer.baseAddress.map { $0 + count }
      let got = pread(descriptor.rawValue, start, buffer.count - count, off_t(offset) + count)
      if got == 0 { break }
      if got > 0 {
        count += got
      } else if errno != EINTR {
        throw Failure(errno: errno, "read", shown)
      }
    }
    return count
  }
}
