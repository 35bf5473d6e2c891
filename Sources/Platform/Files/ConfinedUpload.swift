import CFiles
import Glibc
import Synchronization
import SystemPackage

/// A file of a ``ConfinedFolder`` that is being written. It appears whole under its name with ``commit(durably:)``, or
/// never: one that is let go before is gone, with the room that it took.
///
/// The bytes go to a file without a name, which the kernel removes even when the process is killed, or to one with a
/// name of ours on file systems that know no others.
package final class ConfinedUpload: Sendable {
  /// How names of files that are not whole yet begin.
  static let prefix = ".reprise-upload-"

  private let folder: Int32
  private let file: Int32
  /// Of the file that is not whole yet; nil when it has none.
  private let temporary: String?
  private let name: String
  private let shown: FilePath
  private let isCommitted = Mutex(false)

  /// - Parameter folder: taken over, also when this fails.
  init(_ name: String, in folder: Int32, shown: FilePath) throws {
    let unnamed = reprise_open_unnamed(
      folder, O_DIRECTORY, O_WRONLY | O_CLOEXEC, 0o666)
    if unnamed >= 0 {
      (file, temporary) = (unnamed, nil)
    } else {
      let temporary = ConfinedUpload.temporaryName()
      let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
      let named = openat(folder, temporary, flags, 0o666)
      guard named >= 0 else {
        let number = errno
        close(folder)
        throw Failure(errno: number, "create", shown)
      }
      (file, self.temporary) = (named, temporary)
    }
    (self.folder, self.name, self.shown) = (folder, name, shown)
  }

  deinit {
    if let temporary, !isCommitted.withLock({ $0 }) { unlinkat(folder, temporary, 0) }
    close(file)
    close(folder)
  }

  /// Writes bytes behind those before.
  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    try FileSystem.writeAll(file, bytes, to: shown)
  }

  /// Gives the file its name; one that had it before is replaced in one step.
  ///
  /// - Parameter durably: whether the bytes are on the disk before the name appears.
  package func commit(durably: Bool = false) throws {
    if durably, fsync(file) != 0 { throw Failure(errno: errno, "write", shown) }
    var source = temporary
    if source == nil {
      if reprise_link_unnamed(file, folder, name) == 0 { return isCommitted.withLock { $0 = true } }
      guard errno == EEXIST else { throw Failure(errno: errno, "create", shown) }
      let second = ConfinedUpload.temporaryName()
      guard reprise_link_unnamed(file, folder, second) == 0 else {
        throw Failure(errno: errno, "create", shown)
      }
      source = second
    }
    guard let source else { return }
    guard renameat(folder, source, folder, name) == 0 else {
      let number = errno
      unlinkat(folder, source, 0)
      if number == EISDIR || number == ENOTEMPTY || number == EEXIST {
        throw Failure(.conflict, "`\(shown)` is a folder")
      }
      throw Failure(errno: number, "create", shown)
    }
    isCommitted.withLock { $0 = true }
  }

  private static func temporaryName() -> String {
    prefix + "\(getpid())-" + String(UInt64.random(in: .min ... .max), radix: 16)
  }
}
