import Glibc
import HummingbirdCore
import NIOCore
import Platform
import SystemPackage

/// Parts of files.
enum FileBytes {
  /// The bytes of a range; fewer when the file ends before.
  static func read(_ path: FilePath, _ range: Range<Int64>) throws -> [UInt8] {
    let file = try FileSystem.openForReading(path)
    defer { try? file.close() }
    return try read(file.rawValue, range, path)
  }

  private static func read(
    _ descriptor: Int32, _ range: Range<Int64>, _ path: FilePath
  ) throws -> [UInt8] {
    let wanted = Int(clamping: range.upperBound - range.lowerBound)
    let size = (try? FileSystem.status(path))?.size ?? 0
    let room = max(0, min(wanted, Int(clamping: size - range.lowerBound)))
    return try [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      count = 0
      while count < room {
        let got = pread(
          descriptor, buffer.baseAddress.map { $0 + count }, room - count,
          off_t(range.lowerBound) + off_t(count))
        if got == 0 { break }
        if got < 0 {
          if errno == EINTR { continue }
          throw Failure(errno: errno, "read", path)
        }
        count += got
      }
    }
  }

  /// Bytes of a file as they are sent, a piece at a time.
  static func stream(_ path: FilePath, _ range: Range<Int64>) -> ServerAnswer.Body {
    .stream(length: Int(range.upperBound - range.lowerBound)) { writer in
      var writer = writer
      let file = try FileSystem.openForReading(path)
      defer { try? file.close() }
      var place = range.lowerBound
      while place < range.upperBound {
        let end = min(range.upperBound, place + (256 << 10))
        let bytes = try read(file.rawValue, place..<end, path)
        guard !bytes.isEmpty else {
          throw Failure(.io, "`\(path)` became shorter while it was sent")
        }
        try await writer.write(ByteBuffer(bytes: bytes))
        place += Int64(bytes.count)
      }
    }
  }
}
