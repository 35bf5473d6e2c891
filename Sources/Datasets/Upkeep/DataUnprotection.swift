import Glibc
import Platform
import SystemPackage

/// Makes files that share their content with the cache, as links of any kind, files of their own that may be changed.
package struct DataUnprotection {
  let repository: DataRepository
  let watch: FileWatch

  package init(_ repository: DataRepository, watch: FileWatch = FileWatch()) {
    self.repository = repository
    self.watch = watch
  }

  /// - Returns: how many files were made anew.
  /// - Throws: ``Failure``; what was made stays.
  package func unprotect(_ tracked: TrackedPath) throws -> Int {
    let target = repository.root.pushing(tracked.path)
    let cache = FileSystem.realPath(repository.cache.folder)
    var walk = FolderWalk(target, isIgnored: { _, _ in false }, isCancelled: watch.isCancelled)
    var paths: [FilePath] = [target]
    if try FileSystem.linkStatus(target)?.kind == .directory {
      try walk.run()
      paths = walk.table.entries.indices.filter {
        [.file, .link].contains(walk.table.entries[$0].kind)
      }.map { target.pushing(FilePath(walk.table.text($0))) }
    }
    var count = 0
    for path in paths {
      if watch.isCancelled() { throw Failure(.interrupted, "interrupted") }
      guard let status = try FileSystem.linkStatus(path) else { continue }
      var s = stat()
      guard path.withPlatformString({ stat($0, &s) }) == 0 else { continue }
      let isOurLink =
        status.kind == .link
        && cache.map { FileSystem.realPath(path)?.starts(with: $0) == true } == true
      let isShared = status.kind == .file && (s.st_nlink > 1 || s.st_mode & S_IWUSR == 0)
      guard isOurLink || isShared else { continue }
      try remake(path, isProgram: isProgram(path, tracked, s))
      count += 1
      watch.progress(1, Int64(s.st_size))
    }
    return count
  }

  /// A link into the cache has the object's mode, which says nothing of the file.
  private func isProgram(_ path: FilePath, _ tracked: TrackedPath, _ s: stat) -> Bool {
    tracked.output.isExecutable || s.st_mode & S_IXUSR != 0
  }

  private func remake(_ path: FilePath, isProgram: Bool) throws {
    let folder = path.removingLastComponent()
    TemporaryDirectory.removeAbandoned(prefix: ".reprise-out-", in: folder)
    let work = try TemporaryDirectory(prefix: ".reprise-out-", in: folder)
    let copy = work.path.appending("copy")
    var file = CopyTarget()
    let size = try FileSystem.status(path)?.size ?? 0
    try file.open(copy, mode: isProgram ? 0o777 : 0o666, size: size)
    do {
      try FileSystem.read(path, inPiecesOf: 1 << 20, isCancelled: watch.isCancelled) {
        try file.write($0, to: path)
      }
    } catch {
      file.abandon()
      throw error
    }
    try file.close(path)
    try FileSystem.rename(copy, to: path)
  }
}
