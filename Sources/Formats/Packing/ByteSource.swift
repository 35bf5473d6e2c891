import Glibc
import Platform
import SystemPackage

/// Where the bytes of a file come from: memory, or a file that is read in pieces. Several threads may read at once.
final class ByteSource: Sendable {
  let count: UInt64
  private let bytes: [UInt8]
  private let file: FileDescriptor?
  private let path: FilePath

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    count = UInt64(bytes.count)
    file = nil
    path = ""
  }

  init(_ path: FilePath) throws {
    let file = try FileSystem.openForReading(path)
    var status = stat()
    guard fstat(file.rawValue, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      try? file.close()
      throw Failure(.invalid, "`\(path)` is not a file")
    }
    self.file = file
    self.path = path
    bytes = []
    count = UInt64(clamping: status.st_size)
  }

  deinit { try? file?.close() }

  /// Exactly so many bytes; nil when they are not all there.
  func read(at offset: UInt64, _ wanted: Int) throws -> [UInt8]? {
    guard offset <= count, UInt64(wanted) <= count - offset else { return nil }
    guard let file else {
      let start = Int(offset)
      return Array(bytes[start..<(start + wanted)])
    }
    var isWhole = false
    let result = try [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
      filled = 0
      while filled < wanted {
        let got = pread(
          file.rawValue, buffer.baseAddress! + filled, wanted - filled,
          off_t(offset) + off_t(filled))
        if got < 0, errno == EINTR { continue }
        guard got >= 0 else { throw Failure(errno: errno, "read", path) }
        if got == 0 { break }
        filled += got
      }
      isWhole = filled == wanted
    }
    return isWhole ? result : nil
  }
}
