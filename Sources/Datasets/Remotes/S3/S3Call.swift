import Glibc
import Platform
import SystemPackage

/// One operation of S3's interface, before it is addressed and signed.
struct S3Call: Sendable {
  var method: String
  /// The object's name; nil for the bucket itself.
  var name: String?
  var query: [S3Query] = []
  var headers: [HTTPHeader] = []
  var body = HTTPRequest.Body.none
  /// Statuses beside success that are an answer and no failure.
  var accepts: Set<Int>
  /// The SHA-256 of the body in hexadecimal, when it is known already.
  var payload: String?

  init(_ method: String, _ name: String?, accepts: Set<Int> = []) {
    self.method = method
    self.name = name
    self.accepts = accepts
  }

  /// The SHA-256 of the body in hexadecimal.
  func digest() throws -> String {
    switch body {
    case .none: S3Signature.emptyPayload
    case .bytes(let bytes): SHA256.digest(of: bytes).hex
    case .file(let path, let offset, let count): try Self.digest(path, offset, count)
    }
  }

  private static func digest(_ path: FilePath, _ offset: Int64, _ count: Int64) throws -> String {
    let file = try FileSystem.openForReading(path)
    defer { try? file.close() }
    guard lseek(file.rawValue, off_t(offset), SEEK_SET) >= 0 else {
      throw Failure(errno: errno, "read", path)
    }
    var hash = SHA256()
    var left = count
    try withUnsafeTemporaryAllocation(byteCount: 1 << 17, alignment: 64) { buffer in
      while left > 0 {
        let room = UnsafeMutableRawBufferPointer(rebasing: buffer[..<Int(min(left, 1 << 17))])
        let got = try FileSystem.readOnce(file.rawValue, into: room, of: path)
        if got == 0 { return }
        hash.update(UnsafeRawBufferPointer(rebasing: room[..<got]))
        left -= Int64(got)
      }
    }
    return hash.finish().hex
  }
}
