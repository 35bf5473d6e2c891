import Glibc
import Platform

/// Reads standard input whole or by lines.
struct StandardInput {
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false

  /// Everything there is.
  static func readAll() throws -> [UInt8] {
    var input = StandardInput()
    while try input.fill() {}
    return input.buffer
  }

  /// The next line without its end; nil after the last.
  mutating func line() throws -> [UInt8]? {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) {
        defer { start = end + 1 }
        return Array(buffer[start..<end])
      }
      searched = buffer.count
      if start > 0 {
        searched -= start
        buffer.removeFirst(start)
        start = 0
      }
      if try !fill() {
        guard !buffer.isEmpty else { return nil }
        defer { buffer = [] }
        return buffer
      }
    }
  }

  /// Reads what is there; false at the end.
  private mutating func fill() throws -> Bool {
    guard !isAtEnd else { return false }
    let size = 1 << 16
    var count = 0
    repeat {
      count = withUnsafeTemporaryAllocation(byteCount: size, alignment: 1) { chunk in
        let count = Glibc.read(0, chunk.baseAddress, size)
        if count > 0 { buffer.append(contentsOf: chunk[..<count]) }
        return count
      }
    } while count < 0 && errno == EINTR
    guard count >= 0 else { throw Failure(.io, "standard input cannot be read") }
    isAtEnd = count == 0
    return count > 0
  }
}
