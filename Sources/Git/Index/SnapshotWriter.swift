import CGit2
import Glibc
import Platform
import Synchronization
import SystemPackage

/// Writes files of an index into an empty folder, on more than one core.
struct SnapshotWriter: Sendable {
  let files: [TreeFile]
  let tree: FilePath
  let isStopped: @Sendable () -> Bool

  /// So many files at a time are one thread's.
  private static let chunk = 64
  /// How long ago the files were written, as their times say: what changes one afterwards gives it another time, however
  /// soon it comes.
  private static let age = 10

  /// Whether a path of an index stays in the work tree, and out of `.git`.
  static func isSafe(_ path: [UInt8]) -> Bool {
    guard !path.isEmpty, !path.contains(0) else { return false }
    return path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy {
      part in
      !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
        && String(decoding: part, as: UTF8.self).lowercased() != ".git"
    }
  }

  /// Writes the files.
  ///
  /// - Parameter gitDirectory: of the repository that keeps their contents; every thread opens it for itself.
  /// - Returns: what `lstat` says of each; zeros for submodules.
  func write(from gitDirectory: FilePath) throws -> [stat] {
    try makeFolders()
    let chunks = (files.count + Self.chunk - 1) / Self.chunk
    let found = Mutex<[[stat]]>(Array(repeating: [], count: chunks))
    let failure = Mutex<(any Error)?>(nil)
    let time = timespec(tv_sec: Glibc.time(nil) - Self.age, tv_nsec: 0)
    ParallelWork.each(chunks, with: { Result { try Repository.open(gitDirectory) } }) {
      repository, number in
      if isStopped() || failure.withLock({ $0 != nil }) { return }
      do {
        let part = files[number * Self.chunk..<min(files.count, (number + 1) * Self.chunk)]
        let stats = try part.map { try write($0, try repository.get(), time) }
        found.withLock { $0[number] = stats }
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if isStopped() { throw CancellationError() }
    if let error = failure.withLock({ $0 }) { throw error }
    return found.withLock { Array($0.joined()) }
  }

  private func makeFolders() throws {
    var last: ArraySlice<UInt8> = []
    for file in files {
      let folder =
        file.kind == .submodule
        ? file.path[...]
        : file.path[..<(file.path.lastIndex(of: UInt8(ascii: "/")) ?? 0)]
      guard !folder.isEmpty, folder != last else { continue }
      last = folder
      try FileSystem.createDirectory(tree.pushing(FilePath(pathBytes: Array(folder))))
    }
  }

  private func write(
    _ file: TreeFile, _ repository: Repository, _ time: timespec
  ) throws -> stat {
    guard file.kind != .submodule else { return stat() }
    let path = tree.pushing(FilePath(pathBytes: file.path))
    let bytes = try repository.content(of: file)
    if file.kind == .link {
      let target = FilePath(pathBytes: bytes)
      let code = target.withPlatformString { to in path.withPlatformString { symlink(to, $0) } }
      guard code == 0 else { throw Failure(errno: errno, "make the link", path) }
    } else {
      let mode: mode_t = file.kind == .program ? 0o755 : 0o644
      let descriptor = path.withPlatformString {
        open($0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
      }
      guard descriptor >= 0 else { throw Failure(errno: errno, "write", path) }
      defer { close(descriptor) }
      try FileSystem.writeAll(descriptor, bytes, to: path)
    }
    var times = [time, time]
    var status = stat()
    path.withPlatformString { name in
      _ = utimensat(AT_FDCWD, name, &times, AT_SYMLINK_NOFOLLOW)
      _ = lstat(name, &status)
    }
    return status
  }

  /// Writes an index of files that are on disk, so that git need not read them again.
  static func writeIndex(_ files: [TreeFile], _ stats: [stat], to path: FilePath) throws {
    var index: OpaquePointer?
    try LibGit2.check(
      path.withPlatformString { git_index_open(&index, $0) }, "begin an index")
    defer { git_index_free(index) }
    for (file, status) in zip(files, stats) {
      var entry = git_index_entry()
      entry.id = file.object.raw
      entry.mode = file.kind.mode
      entry.file_size = UInt32(truncatingIfNeeded: status.st_size)
      entry.ino = UInt32(truncatingIfNeeded: status.st_ino)
      entry.dev = UInt32(truncatingIfNeeded: status.st_dev)
      entry.uid = status.st_uid
      entry.gid = status.st_gid
      entry.mtime = Self.time(status.st_mtim)
      entry.ctime = Self.time(status.st_ctim)
      try withPath(file.path[...]) { name in
        entry.path = name
        try LibGit2.check(git_index_add(index, &entry), "add a file to the index")
      }
    }
    try LibGit2.check(git_index_write(index), "write an index")
  }

  private static func time(_ time: timespec) -> git_index_time {
    git_index_time(
      seconds: Int32(truncatingIfNeeded: time.tv_sec),
      nanoseconds: UInt32(truncatingIfNeeded: time.tv_nsec))
  }
}
