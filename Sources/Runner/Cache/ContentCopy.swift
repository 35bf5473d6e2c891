import Glibc
import Platform
import SystemPackage

/// Copies a file's content into a new file and says what was copied.
///
/// Blocks are shared where the file system can. What is hashed is then the copy: nobody writes to it, whatever becomes of
/// the source meanwhile.
enum ContentCopy {
  /// `FICLONE` of linux/fs.h, which Swift does not see.
  private static let cloneRequest: UInt = 0x4004_9409

  /// - Parameters:
  ///   - target: is made, and must not be there.
  ///   - mode: permission bits of the new file, less the process's mask.
  ///   - shown: the path that a failure to write names.
  /// - Returns: SHA-256 of the copy, hexadecimal.
  static func make(
    of source: FilePath, at target: FilePath, mode: UInt32, shown: FilePath
  ) throws -> String {
    let input = try FileSystem.openForReading(source)
    defer { try? input.close() }
    let descriptor = target.withPlatformString {
      open($0, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    }
    guard descriptor >= 0 else { throw Failure(errno: errno, "write", shown) }
    var isOpen = true
    defer { if isOpen { close(descriptor) } }
    let isShared = ioctl(descriptor, cloneRequest, input.rawValue) == 0
    var hash = SHA256()
    try withUnsafeTemporaryAllocation(byteCount: 1 << 17, alignment: 64) { buffer in
      while true {
        try Task.checkCancellation()
        let count = try FileSystem.readOnce(
          isShared ? descriptor : input.rawValue, into: buffer, of: isShared ? shown : source)
        if count == 0 { break }
        let piece = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        if !isShared { try FileSystem.writeAll(descriptor, piece, to: shown) }
        hash.update(piece)
      }
    }
    isOpen = false
    // Some disks tell only now that they were full.
    guard close(descriptor) == 0 else { throw Failure(errno: errno, "write", shown) }
    return hash.finish().hex
  }
}
