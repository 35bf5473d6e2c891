import Glibc
import Platform
import SystemPackage

/// Copies the content of one open file into another, in the way that costs least: by sharing its blocks where the file
/// system can, else inside the kernel, else by reading and writing.
package struct FileCopy: ~Copyable {
  package let source: Int32
  package let target: Int32
  /// What failures name.
  package let sourcePath: FilePath
  package let targetPath: FilePath

  package init(from source: Int32, _ sourcePath: FilePath, to target: Int32, _ targetPath: FilePath)
  {
    self.source = source
    self.target = target
    self.sourcePath = sourcePath
    self.targetPath = targetPath
  }

  /// Copies all that the source holds when its end is reached.
  ///
  /// - Parameter advance: hears how many bytes more are there; what it throws ends the copy.
  package func run(_ advance: (Int64) throws -> Void) throws {
    if let size = clone() { return try advance(size) }
    let isOver = try inKernel(advance)
    if !isOver { try byHand(advance) }
  }

  /// `FICLONE` of linux/fs.h, which Swift does not see.
  private static let cloneRequest: UInt = 0x4004_9409

  /// The bytes that are shared now; nil when the file system does not share.
  private func clone() -> Int64? {
    guard ioctl(target, Self.cloneRequest, source) == 0 else { return nil }
    var status = stat()
    return fstat(target, &status) == 0 ? Int64(status.st_size) : nil
  }

  private typealias CopyRange =
    @convention(c) (
      Int32, UnsafeMutablePointer<off_t>?, Int32, UnsafeMutablePointer<off_t>?, Int, UInt32
    ) -> Int

  /// In glibc since 2.27, but not in the headers that Swift sees.
  private static let copyRange = dlsym(nil, "copy_file_range").map {
    unsafeBitCast($0, to: CopyRange.self)
  }

  /// Whether all was copied; the file system may not be able to, from the start or from some place on.
  private func inKernel(_ advance: (Int64) throws -> Void) throws -> Bool {
    guard let copyRange = Self.copyRange else { return false }
    var done: Int64 = 0
    while true {
      let count = copyRange(source, nil, target, nil, 1 << 25, 0)
      if count > 0 {
        done += Int64(count)
        try advance(Int64(count))
      } else if count == 0 {
        // Some file systems answer so for a file that has content.
        return done > 0
      } else {
        switch errno {
        case EINTR: continue
        case ENOSPC, EDQUOT, EFBIG: throw Failure(errno: errno, "write", targetPath)
        case EIO: throw Failure(errno: errno, "copy `\(sourcePath)` to", targetPath)
        default: return false
        }
      }
    }
  }

  private func byHand(_ advance: (Int64) throws -> Void) throws {
    try withUnsafeTemporaryAllocation(byteCount: 1 << 17, alignment: 64) { buffer in
      while true {
        let count = try FileSystem.readOnce(source, into: buffer, of: sourcePath)
        if count == 0 { return }
        try FileSystem.writeAll(
          target, UnsafeRawBufferPointer(rebasing: buffer[..<count]), to: targetPath)
        try advance(Int64(count))
      }
    }
  }
}
