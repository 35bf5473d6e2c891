import Glibc
import Platform
import SystemPackage

/// The lock under which pointers and ignore files are changed; DVC takes the same one for everything that it does.
package struct DataLock: ~Copyable {
  private let lock: FileLock

  /// - Parameter folder: `.dvc/tmp`.
  init(_ folder: FilePath) throws {
    try FileSystem.createDirectory(folder)
    let path = folder.appending("lock")
    for attempt in 0..<200 {
      do {
        lock = try FileLock(path, waiting: false)
        return
      } catch let failure as Failure where failure.code == .locked && attempt < 199 {
        usleep(50_000)
      }
    }
    throw Failure(
      .locked, "another program works on the data of this project",
      hint: "try again when it is done")
  }

  /// Gives the lock back; says in code where the locked part ends.
  package consuming func release() {}
}
