import CSpawn
import Glibc
import Synchronization

/// A socket that listens on 127.0.0.1, on a port that was free. It costs a descriptor and no thread: connections wait
/// in the kernel until somebody takes them.
package final class LoopbackSocket: Sendable {
  package let port: Int
  /// Readable when a connection waits.
  package let descriptor: Int32
  private let isGivenAway = Atomic(false)

  /// Connections that may wait.
  private static let backlog: Int32 = 128

  /// - Throws: ``Failure`` when the system gives no socket.
  package init() throws {
    let descriptor = reprise_loopback_socket()
    guard descriptor >= 0 else { throw LoopbackSocket.failure() }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(descriptor, generic, length) == 0
          && listen(descriptor, LoopbackSocket.backlog) == 0
          && getsockname(descriptor, generic, &length) == 0
      }
    }
    guard isListening else {
      let failure = LoopbackSocket.failure()
      close(descriptor)
      throw failure
    }
    self.descriptor = descriptor
    port = Int(UInt16(bigEndian: address.sin_port))
  }

  deinit { if !isGivenAway.load(ordering: .relaxed) { close(descriptor) } }

  /// The descriptor, for one who closes it.
  package func giveAway() -> Int32 {
    isGivenAway.store(true, ordering: .relaxed)
    return descriptor
  }

  private static func failure() -> Failure {
    let number = errno
    return Failure(
      Failure.Code(errno: number), "cannot listen on 127.0.0.1",
      cause: String(cString: strerror(number)))
  }
}
