import Glibc
import Platform
import SystemPackage

/// What is at a path of the work tree now: a file, or a folder with its files; with digests as far as they are known.
package struct Snapshot: Sendable {
  package enum Kind: Sendable { case missing, file, folder }

  package var kind: Kind
  /// The files; a single file has an empty path.
  package var table: FileTable
  /// The places of the files whose content is not known.
  var unknown: [Int]
  /// What can be no data.
  var problems: [FolderWalk.Problem]

  /// Looks at a path, and takes the digests that the stat cache has.
  init(
    _ path: FilePath, known: StatCache, watch: FileWatch,
    isIgnored: @escaping (ArraySlice<UInt8>, Bool) -> Bool
  ) throws {
    table = FileTable()
    unknown = []
    problems = []
    var s = stat()
    guard path.withPlatformString({ lstat($0, &s) }) == 0 else {
      guard errno == ENOENT || errno == ENOTDIR else {
        throw Failure(errno: errno, "look at", path)
      }
      kind = .missing
      return
    }
    let isLink = s.st_mode & S_IFMT == S_IFLNK
    if isLink, path.withPlatformString({ stat($0, &s) }) != 0 {
      kind = .missing
      return
    }
    switch s.st_mode & S_IFMT {
    case S_IFDIR:
      kind = .folder
      var walk = FolderWalk(path, isIgnored: isIgnored, isCancelled: watch.isCancelled)
      try walk.run()
      table = walk.table
      problems = walk.problems
    case S_IFREG:
      kind = .file
      table.append(path: [], FileTable.Entry(s, kind: isLink ? .link : .file))
    default:
      kind = .missing
      problems = [FolderWalk.Problem(path: [], reason: .special)]
    }
    unknown = known.fill(&table)
  }

  /// Reads the files whose content is not known.
  ///
  /// - Parameter strong: takes the SHA-256 of what is read, by the places of the files, when there is one to take them.
  /// - Returns: the failures, by the places of their files; what was read is in the table.
  mutating func hash(
    _ path: FilePath, into cache: (ObjectCache, work: FilePath)? = nil, watch: FileWatch,
    strong: ((Int, StrongDigest) -> Void)? = nil
  ) throws -> (failures: [Failure], finished: Int64) {
    var intake = FileIntake(
      root: path, cache: cache, progress: watch.progress, isCancelled: watch.isCancelled)
    if strong != nil { intake.isStrong = { _ in true } }
    let outcome = try intake.run(table, unknown)
    for (job, entry) in outcome.entries.enumerated() {
      guard var entry else { continue }
      let old = table.entries[unknown[job]]
      entry.pathStart = old.pathStart
      entry.pathLength = old.pathLength
      table.entries[unknown[job]] = entry
    }
    for (job, digest) in outcome.strong { strong?(unknown[job], digest) }
    let failed = Set(outcome.failures.map(\.job))
    unknown = unknown.enumerated().filter { failed.contains($0.offset) }.map(\.element)
    return (outcome.failures.map(\.failure), outcome.finished)
  }

  /// The name of the whole content, when all of it is known.
  func objectName() -> ObjectName? {
    guard unknown.isEmpty else { return nil }
    return kind == .missing ? nil : table.objectName(isFolder: kind == .folder)
  }

  /// Bytes of all files.
  var size: Int64 {
    table.entries.reduce(0) { $1.kind == .file || $1.kind == .link ? $0 &+ $1.size : $0 }
  }

  /// Files, links to files included.
  var fileCount: Int {
    table.entries.count { $0.kind == .file || $0.kind == .link }
  }
}
