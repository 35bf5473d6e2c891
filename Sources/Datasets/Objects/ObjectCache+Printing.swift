import Glibc
import Platform
import SystemPackage

extension ObjectCache {
  /// Writes an object to standard output, after it was read once and compared with its name.
  ///
  /// - Throws: ``Failure``: `.notFound`, `.corrupt`, `.interrupted`.
  package func print(_ name: ObjectName, isCancelled: @Sendable () -> Bool) throws {
    let path = path(name)
    guard FileSystem.isFile(path) else {
      throw Failure(
        .notFound, "the content `\(name.text)` is not in the cache", hint: "reprise data fetch")
    }
    guard name.family == .md5 else {
      return try FileSystem.writeAll(1, read(name), to: "standard output")
    }
    let file = try FileSystem.openForReading(path)
    defer { try? file.close() }
    var hash = MD5()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { buffer.deallocate() }
    func each(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
      while true {
        let count = try FileSystem.readOnce(file.rawValue, into: buffer, of: path)
        if count == 0 { return }
        if isCancelled() { throw Failure(.interrupted, "interrupted") }
        try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      }
    }
    try each { hash.update($0) }
    guard hash.finish() == name.digest else {
      throw Failure(
        .corrupt, "the object `\(name.text)` in the cache does not hold what its name says",
        hint: "`reprise data verify --repair` fetches it again")
    }
    guard lseek(file.rawValue, 0, SEEK_SET) == 0 else { throw Failure(errno: errno, "read", path) }
    try each { try FileSystem.writeAll(1, $0, to: "standard output") }
  }
}
