import CSpawn
import Glibc
import SystemPackage

/// Where a child says that something begins, and is answered when all that it had written before has been read: the only way to
/// know which of its output came before.
///
/// A mark is a datagram of up to 4,096 bytes to the abstract socket of ``name``; the answer is one byte. Marks of other users
/// are not heeded.
package final class MarkSocket: Sendable {
  let descriptor: Int32
  /// The name of the socket, behind the NUL that such names begin with: five hexadecimal digits.
  package let name: String

  package init() throws {
    var name: [CChar] = [0, 0, 0, 0, 0, 0]
    descriptor = reprise_mark_socket(&name)
    guard descriptor >= 0 else { throw Failure(errno: errno, "listen to", "a child process") }
    self.name = String(cBytes: name)
  }

  deinit { close(descriptor) }

  /// Takes one mark, and answers it when it was heeded. What was written before it is there when it has come.
  func take(_ heed: (String) -> Void) {
    var text = [UInt8](repeating: 0, count: 4096)
    var sender = sockaddr_un()
    var size: socklen_t = 0
    let count = text.withUnsafeMutableBytes {
      reprise_take_mark(descriptor, $0.baseAddress, $0.count, &sender, &size)
    }
    guard count >= 0 else { return }
    if count > 0 { heed(String(decoding: text[..<count], as: UTF8.self)) }
    reprise_answer_mark(descriptor, &sender, size)
  }
}
