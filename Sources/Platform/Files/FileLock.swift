import Glibc
import SystemPackage

/// A lock on a file, held by this process until the value's scope ends. The kernel drops it when the process dies, so
/// a lock is never left behind.
package struct FileLock: ~Copyable {
  private let descriptor: Int32

  /// Takes the lock, making the file when it is not there.
  ///
  /// - Parameters:
  ///   - waiting: whether to wait for another holder; otherwise a lock that is held is a failure with code `.locked`.
  ///   - shared: whether others may hold it shared at the same time.
  package init(_ path: FilePath, waiting: Bool = true, shared: Bool = false) throws {
    let descriptor = path.withPlatformString { open($0, O_RDWR | O_CREAT | O_CLOEXEC, 0o644) }
    guard descriptor >= 0 else { throw Failure(errno: errno, "lock", path) }
    let operation = (shared ? LOCK_SH : LOCK_EX) | (waiting ? 0 : LOCK_NB)
    while flock(descriptor, operation) != 0 {
      let number = errno
      if number == EINTR { continue }
      close(descriptor)
      if number == EWOULDBLOCK {
        throw Failure(
          .locked, "`\(path)` is locked by another process",
          hint: "wait until it ends, then run the command again")
      }
      throw Failure(errno: number, "lock", path)
    }
    self.descriptor = descriptor
  }

  /// Gives the lock back; says in code where the locked part ends.
  package consuming func release() {}

  deinit { close(descriptor) }
}
