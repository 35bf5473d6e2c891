import Glibc
import SystemPackage

/// Tells when files in some folders change (inotify(7)). Folders in them are watched on their own.
package final class FolderWatch: Sendable {
  private let descriptor: Int32

  /// Watches nothing yet.
  package init() throws {
    descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
    guard descriptor >= 0 else { throw Failure(.io, "cannot watch folders: \(Self.reason(errno))") }
  }

  deinit { close(descriptor) }

  private static func reason(_ number: Int32) -> String { String(cString: strerror(number)) }

  /// Watches one more folder; one that has gone meanwhile is none.
  package func add(_ folder: FilePath) throws {
    let events =
      UInt32(IN_CLOSE_WRITE) | UInt32(IN_MOVED_FROM) | UInt32(IN_MOVED_TO) | UInt32(IN_CREATE)
      | UInt32(IN_DELETE) | UInt32(IN_DELETE_SELF) | UInt32(IN_ONLYDIR)
    let code = folder.withPlatformString { inotify_add_watch(descriptor, $0, events) }
    guard code < 0, errno != ENOENT, errno != ENOTDIR else { return }
    let number = errno
    throw Failure(
      .io, "cannot watch `\(folder)`: \(Self.reason(number))",
      hint: number == ENOSPC
        ? "the system watches too many folders: raise fs.inotify.max_user_watches" : nil)
  }

  /// Waits until something changes, and then until nothing more has for a moment. Blocks its thread.
  ///
  /// - Parameter quiet: how long nothing must change, in milliseconds.
  package func wait(quiet: Int32 = 50) throws {
    var isChanged = false
    while true {
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let count = poll(&entry, 1, isChanged ? quiet : -1)
      if count == 0 { return }
      guard count > 0 || errno == EINTR else {
        throw Failure(.io, "cannot watch folders: \(Self.reason(errno))")
      }
      if count > 0 {
        drain()
        isChanged = true
      }
    }
  }

  private func drain() {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    while read(descriptor, &bytes, bytes.count) > 0 {}
  }
}
