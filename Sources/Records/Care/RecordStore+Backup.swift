import GRDB
import Glibc
import Platform
import SystemPackage

extension RecordStore {
  /// Copies the database into one file, as it is at one moment, while others go on reading and writing.
  ///
  /// The copy appears whole or not at all: it is made beside its place, checked to be on the disk, and renamed.
  /// - Parameters:
  ///   - target: the file; one that is there is replaced.
  ///   - progress: told how many pages are copied, and of how many.
  /// - Returns: the size of the copy, in bytes.
  package func backUp(
    to target: FilePath, progress: @escaping (_ done: Int, _ of: Int) -> Void = { _, _ in }
  ) throws -> Int64 {
    let place = try FileSystem.absolute(target)
    let name = ".\(place.lastComponent?.string ?? "records").\(getpid()).new"
    let made = place.removingLastComponent().appending(name)
    defer {
      for suffix in ["", "-journal", "-wal", "-shm"] {
        try? FileSystem.remove(FilePath(made.string + suffix))
      }
    }
    try RecordStore.explaining(made) {
      var configuration = Configuration()
      configuration.label = "backup"
      let copy = try DatabaseQueue(path: made.string, configuration: configuration)
      try telling { try copyAll(into: copy, progress) }
      try copy.close()
    }
    try RecordStore.flush(made)
    try FileSystem.rename(made, to: place)
    try RecordStore.flush(place.removingLastComponent())
    return try FileSystem.status(place)?.size ?? 0
  }

  /// The transaction holds one state: without it, each write of another process would begin the copy anew.
  private func copyAll(
    into copy: DatabaseQueue, _ progress: @escaping (Int, Int) -> Void
  ) throws {
    try database.unsafeReentrantRead { db in
      try transaction(db, .deferred) {
        _ = try Schema.state(db)
        try copy.writeWithoutTransaction { target in
          try db.backup(to: target, pagesPerStep: 2000) {
            progress($0.completedPageCount, $0.totalPageCount)
          }
        }
      }
    }
  }

  private static func flush(_ path: FilePath) throws {
    let descriptor = path.withPlatformString { open($0, O_RDONLY) }
    guard descriptor >= 0 else { throw Failure(errno: errno, "open", path) }
    defer { Glibc.close(descriptor) }
    guard fsync(descriptor) == 0 else { throw Failure(errno: errno, "flush", path) }
  }
}
