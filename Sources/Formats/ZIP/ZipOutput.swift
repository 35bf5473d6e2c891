import Glibc
import Platform
import SystemPackage

/// The file that an archive is written to.
final class ZipOutput {
  private let file: FileDescriptor
  private let shown: FilePath
  private var isOpen = true
  /// How many bytes are written.
  private(set) var offset: UInt64 = 0

  /// - Parameters:
  ///   - path: is made.
  ///   - shown: the path that a failure names.
  init(_ path: FilePath, shown: FilePath) throws {
    file = try FileSystem.openForWriting(path, shown: shown)
    self.shown = shown
  }

  deinit { if isOpen { try? file.close() } }

  func write(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes(write) }

  func write(_ bytes: UnsafeRawBufferPointer) throws {
    try FileSystem.writeAll(file.rawValue, bytes, to: shown)
    offset += UInt64(bytes.count)
  }

  /// Writes over what stands somewhere.
  func write(_ bytes: [UInt8], at place: UInt64) throws {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes {
        pwrite(file.rawValue, $0.baseAddress, $0.count, off_t(place) + off_t(done))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Failure(errno: errno, "write", shown) }
      done += count
    }
  }

  /// Forgets what was written behind a place.
  func goBack(to place: UInt64) throws {
    guard ftruncate(file.rawValue, off_t(place)) == 0,
      lseek(file.rawValue, off_t(place), SEEK_SET) >= 0
    else { throw Failure(errno: errno, "write", shown) }
    offset = place
  }

  /// Brings everything to the disk.
  func finish() throws {
    guard fsync(file.rawValue) == 0 else { throw Failure(errno: errno, "write", shown) }
    isOpen = false
    try file.close()
  }
}
