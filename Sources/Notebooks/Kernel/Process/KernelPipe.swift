import Glibc
import Platform

/// The last of what a process writes, for the case that it dies.
struct KernelPipe {
  /// How much is kept, in bytes.
  private static let limit = 1 << 16

  private var bytes: [UInt8] = []

  /// Reads what is there now; false when there will be nothing more.
  mutating func read(_ descriptor: Int32) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    for _ in 0..<16 {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      guard count > 0 else { return count < 0 && (errno == EAGAIN || errno == EINTR) }
      bytes.append(contentsOf: chunk[..<count])
      if bytes.count > 2 * Self.limit { bytes.removeFirst(bytes.count - Self.limit) }
    }
    return true
  }

  /// The last lines, without colours and trailing space.
  func tail(lines: Int = 20) -> String {
    let text = String(decoding: bytes.suffix(Self.limit), as: UTF8.self)
    let all = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.reversed().drop { $0.isWhitespace }.reversed())
    }
    let kept = all.reversed().drop { $0.isEmpty }.prefix(lines).reversed()
    return kept.joined(separator: "\n")
  }

  /// Both ends of a pipe; reading does not block.
  static func make() throws -> (reader: Int32, writer: Int32) {
    let ends = try ChildSpawn.pipe()
    _ = fcntl(ends.reader, F_SETFL, O_NONBLOCK)
    return ends
  }
}
