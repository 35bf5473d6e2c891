import Glibc
import Platform
import SystemPackage

/// Compares two files in pieces, whatever their size.
enum FileBytes {
  private static let size = 1 << 18

  /// Where two files begin to differ; nil when they have the same bytes.
  ///
  /// - Parameter sizes: as the file system gives them; they are only told.
  static func firstDifference(
    _ old: FilePath, _ new: FilePath, sizes: (Int64, Int64), isCancelled: () -> Bool
  ) throws -> FirstByte? {
    let a = try FileSystem.openForReading(old)
    defer { try? a.close() }
    let b = try FileSystem.openForReading(new)
    defer { try? b.close() }
    let left = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 64)
    defer { left.deallocate() }
    let right = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 64)
    defer { right.deallocate() }
    var place = 0
    while true {
      if isCancelled() { throw CancellationError() }
      let (x, y) = (try fill(left, a, old), try fill(right, b, new))
      let common = min(x, y)
      if common > 0, let first = left.baseAddress, let second = right.baseAddress,
        memcmp(first, second, common) != 0
      {
        place += zip(left[..<common], right[..<common]).prefix { $0 == $1 }.count
      } else if x == y {
        if x < size { return nil }
        place += x
        continue
      } else {
        place += common
      }
      return FirstByte(place: place, old: Int(clamping: sizes.0), new: Int(clamping: sizes.1))
    }
  }

  private static func fill(
    _ buffer: UnsafeMutableRawBufferPointer, _ file: FileDescriptor, _ path: FilePath
  ) throws -> Int {
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count = try FileSystem.readOnce(file.rawValue, into: rest, of: path)
      if count == 0 { break }
      filled += count
    }
    return filled
  }
}
