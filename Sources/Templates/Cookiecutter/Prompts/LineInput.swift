import Glibc
import Platform
import Synchronization
import SystemPackage

/// Reads standard input line by line and not a byte further, so that a hook finds what follows.
package enum LineInput {
  /// Whether a line is awaited just now: nothing is half done then, and Ctrl-C may end the program at once.
  package static var isWaiting: Bool { waiting.load(ordering: .relaxed) }
  private static let waiting = Atomic<Bool>(false)

  /// The next line without its end; nil at the end of the input.
  package static func next() throws -> String? {
    waiting.store(true, ordering: .relaxed)
    defer { waiting.store(false, ordering: .relaxed) }
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while true {
      let count = Glibc.read(0, &byte, 1)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure(errno: errno, "read", "standard input") }
      if count == 0 {
        if bytes.isEmpty { return nil }
        break
      }
      if byte == 0x0A { break }
      bytes.append(byte)
      guard bytes.count <= 1 << 24 else {
        throw Failure(.invalid, "a line of the standard input is longer than 16 MB")
      }
    }
    // Python reads its input as text: every line end is `\n`.
    if bytes.last == 0x0D { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
