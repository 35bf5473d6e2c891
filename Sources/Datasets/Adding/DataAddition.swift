import Formats
import Git
import Glibc
import Platform
import SystemPackage

/// Adds files and folders to the versions: content into the cache, its name into a pointer, the path into `.gitignore`.
package struct DataAddition {
  package struct Options: Sendable {
    /// Only the pointer is written; nothing is kept in the cache.
    package var keepsNothing = false
    package var description: String?

    package init() {}
  }

  /// What was added.
  package struct Added: Sendable {
    package var path: FilePath
    package var pointer: FilePath
    package var object: ObjectName
    package var files: Int
    package var size: Int64
    /// Whether the pointer says something new.
    package var isChanged: Bool
    /// Files to give to git.
    package var forGit: [FilePath]
  }

  let repository: DataRepository
  var options: Options
  let watch: FileWatch
  /// Where the data was imported from, to be noted.
  var source: ImportSource?

  package init(_ repository: DataRepository, _ options: Options, watch: FileWatch = FileWatch()) {
    self.repository = repository
    self.options = options
    self.watch = watch
  }

  /// Adds one path.
  ///
  /// - Throws: ``Failure``: `.notFound`, `.conflict` for a path that git or another pointer tracks, `.invalid` for what can
  ///   be no data, `.noSpace`; `.conflict` for files that were changed while they were read. Nothing is noted then.
  package func add(_ path: FilePath) throws -> Added {
    let objects = try options.keepsNothing ? nil : repository.cache.lock(exclusively: false)
    let added = try addLocked(path)
    objects?.release()
    return added
  }

  private func addLocked(_ path: FilePath) throws -> Added {
    let (relative, existing) = try place(path)
    let target = repository.root.pushing(relative)
    var (snapshot, finished, strong) = try read(target, relative, existing)
    let added = try finish(&snapshot, target, relative, existing, strong)
    try? StatCache(snapshot.table).write(to: repository.statFile(relative), at: finished)
    return added
  }

  /// Looks at all files and hashes them, and keeps their contents unless the options say otherwise.
  func read(
    _ target: FilePath, _ relative: FilePath, _ existing: TrackedPath?
  ) throws -> (snapshot: Snapshot, finished: Int64, strong: StrongRecord?) {
    let statFile = repository.statFile(relative)
    var snapshot = try Snapshot(
      target, known: StatCache(reading: statFile), watch: watch,
      isIgnored: repository.ignoredFiles(below: relative))
    try check(snapshot, target)
    var strong = try repository.settings.wantsStrongDigest() ? StrongRecord() : nil
    strong?.takeKnown(&snapshot, from: existing, in: repository.cache)
    let (failures, finished) = try hash(&snapshot, target, &strong)
    if let first = failures.first {
      var failure = first
      failure.details = Array(failures.dropFirst().prefix(20))
      throw failure
    }
    return (snapshot, finished, strong)
  }

  /// Names the content in a pointer.
  ///
  /// - Parameter extras: of a folder whose contents are not kept here; else they are made.
  func finish(
    _ snapshot: inout Snapshot, _ target: FilePath, _ relative: FilePath, _ existing: TrackedPath?,
    _ strong: StrongRecord?, extras: MD5Digest? = nil
  ) throws -> Added {
    guard let object = snapshot.objectName() else {
      throw Failure(.notFound, "`\(target)` is not there any more")
    }
    var output = PointerOutput(path: relative.lastComponent?.string ?? "")
    if let existing { output.path = existing.output.path }
    output.object = object
    output.size = snapshot.size
    output.description = options.description
    if snapshot.kind == .folder {
      output.fileCount = snapshot.fileCount
    } else {
      output.isExecutable = (snapshot.table.entries.first?.mode ?? 0) & 0o111 != 0
    }
    output.extras = extras
    if snapshot.kind == .folder, !options.keepsNothing {
      try keepListing(snapshot, object)
      output.extras = try keepExtras(snapshot, target)
    }
    output.strong = try strong?.keep(snapshot, in: repository.cache)
    return try note(output, existing, relative, snapshot)
  }

  // MARK: What may be added

  /// - Parameter isThere: whether there must be something at the path.
  func place(_ path: FilePath, isThere: Bool = true) throws -> (FilePath, TrackedPath?) {
    var path = path
    // A pointer's own name stands for its data.
    if path.extension == "dvc", FileSystem.isFile(path) { path.extension = nil }
    let folder = FileSystem.realPath(path.removingLastComponent()) ?? path.removingLastComponent()
    guard let name = path.lastComponent, name.kind == .regular else {
      throw Failure(.invalid, "`\(path)` names no file or folder of the project")
    }
    guard let relative = repository.relative(folder.appending(name)) else {
      throw Failure(
        .invalid, "`\(path)` is outside of the project at `\(repository.root)`",
        hint: "copy or move it into the project")
    }
    guard !isThere || FileSystem.exists(path) else {
      throw Failure(.notFound, "`\(path)` does not exist")
    }
    let first = relative.components.first?.string
    guard first != ".dvc", first != ".git", relative.extension != "dvc" else {
      throw Failure(.invalid, "`\(relative)` belongs to the versions themselves")
    }
    var existing: TrackedPath?
    for tracked in try repository.trackedPaths() {
      if tracked.path == relative {
        existing = tracked
      } else if tracked.holds(relative) || tracked.path.starts(with: relative) {
        throw Failure(
          .conflict,
          "`\(relative)` overlaps with `\(tracked.path)`, which `\(tracked.pointer)` tracks",
          hint: "reprise data add \(tracked.path)")
      }
    }
    if let existing, existing.pointer.lastComponent?.string == "dvc.lock" {
      throw Failure(
        .conflict, "`\(relative)` is made by a stage in `dvc.yaml`, which says what it holds",
        hint: "run the stage again")
    }
    try refuseTrackedByGit(relative)
    return (relative, existing)
  }

  func refuseTrackedByGit(_ relative: FilePath) throws {
    guard let git = repository.git, let top = git.workTree.flatMap(FileSystem.realPath) else {
      return
    }
    var path = repository.root.pushing(relative)
    guard path.removePrefix(top), let tracked = try git.firstTracked(Array(path.string.utf8)) else {
      return
    }
    throw Failure(
      .conflict,
      "git tracks `\(String(decoding: tracked, as: UTF8.self))` already; data is versioned by one of the two",
      hint: "git rm -r --cached '\(path)' && git commit -m 'Stop tracking \(path)'")
  }

  private func check(_ snapshot: Snapshot, _ target: FilePath) throws {
    // What it leaves out would depend on a part of the data itself; DVC refuses it, too.
    for index in snapshot.table.entries.indices
    where snapshot.table.path(index).suffix(10).elementsEqual(".dvcignore".utf8)
      && (snapshot.table.path(index).count == 10
        || snapshot.table.path(index).dropLast(10).last == UInt8(ascii: "/"))
    {
      throw Failure(
        .invalid,
        "`\(target.pushing(FilePath(snapshot.table.text(index))))` lies inside of the data",
        hint: "move its patterns into the .dvcignore of a folder above")
    }
    guard let first = snapshot.problems.first else { return }
    let shown = target.pushing(FilePath(String(decoding: first.path, as: UTF8.self)))
    let more = snapshot.problems.count > 1 ? ", and \(snapshot.problems.count - 1) more" : ""
    let hint = "take it out of the folder, or name it in .dvcignore"
    switch first.reason {
    case .special:
      throw Failure(.invalid, "`\(shown)` is a pipe, a socket or a device\(more)", hint: hint)
    case .notUTF8:
      throw Failure(.invalid, "the name of `\(shown)` is not UTF-8\(more)", hint: "rename it")
    case .project:
      throw Failure(.invalid, "`\(shown)` is a project with data of its own\(more)", hint: hint)
    }
  }

  // MARK: Keeping

  private func hash(
    _ snapshot: inout Snapshot, _ target: FilePath, _ strong: inout StrongRecord?
  ) throws -> (failures: [Failure], finished: Int64) {
    let isStrong = strong != nil
    var digests: [Int: StrongDigest] = [:]
    defer { strong?.digests.merge(digests) { $1 } }
    func read(
      _ snapshot: inout Snapshot, into cache: (ObjectCache, work: FilePath)?
    ) throws -> (failures: [Failure], finished: Int64) {
      guard isStrong else { return try snapshot.hash(target, into: cache, watch: watch) }
      return try snapshot.hash(target, into: cache, watch: watch) { digests[$0] = $1 }
    }
    guard !options.keepsNothing else { return try read(&snapshot, into: nil) }
    // What is known may have been taken out of the cache since.
    let kept = try repository.cache.names()
    for index in snapshot.table.entries.indices
    where snapshot.table.entries[index].isHashed
      && !kept.contains(ObjectName(snapshot.table.entries[index].digest))
    {
      snapshot.table.entries[index].isHashed = false
      snapshot.unknown.append(index)
    }
    guard !snapshot.unknown.isEmpty else { return ([], FileIntake.now()) }
    let work = try repository.cache.temporary()
    return try read(&snapshot, into: (repository.cache, work.path))
  }

  private func keepListing(_ snapshot: Snapshot, _ object: ObjectName) throws {
    let work = try repository.cache.temporary()
    try repository.cache.store(FolderListing.bytes(of: snapshot.table), as: object, in: work.path)
  }

  /// Keeps what DVC does not record of a folder; nil when there is nothing of the kind.
  func keepExtras(_ snapshot: Snapshot, _ target: FilePath) throws -> MD5Digest? {
    let extras = FolderExtras(snapshot.table, in: target)
    guard snapshot.kind == .folder, !extras.isEmpty else { return nil }
    let work = try repository.cache.temporary()
    try repository.cache.storeExtras(extras.bytes, in: work.path)
    return MD5.digest(of: extras.bytes)
  }

  // MARK: Noting

  private func note(
    _ output: PointerOutput, _ existing: TrackedPath?, _ relative: FilePath, _ snapshot: Snapshot
  ) throws -> Added {
    let lock = try repository.lock()
    let added = try noteLocked(output, existing, relative, snapshot)
    lock.release()
    return added
  }

  private func noteLocked(
    _ output: PointerOutput, _ existing: TrackedPath?, _ relative: FilePath, _ snapshot: Snapshot
  ) throws -> Added {
    let pointer = existing?.pointer ?? FilePath(relative.string + ".dvc")
    let file = repository.root.pushing(pointer)
    var changed: [FilePath] = []
    let old = FileSystem.exists(file) ? try FileSystem.read(file, limit: 1 << 26) : nil
    var text: PointerText
    if let old, existing != nil {
      text = PointerText(old)
      do {
        try text.update(output)
        if let source { try text.update(source, output) }
      } catch { throw error.failure(in: pointer.string) }
    } else if old != nil {
      throw Failure(.conflict, "`\(pointer)` is there and names other data")
    } else {
      text = PointerText(new: output, from: source)
    }
    let new = Array(text.text.utf8)
    if old != new {
      try FileSystem.write(new, to: file)
      changed.append(pointer)
    }
    if try repository.keepFromGit(relative) {
      changed.append(relative.removingLastComponent().appending(".gitignore"))
    }
    guard let object = output.object else {
      throw Failure(.bug, "an added path has no content")
    }
    return Added(
      path: relative, pointer: pointer, object: object, files: snapshot.fileCount,
      size: snapshot.size, isChanged: old != new, forGit: changed)
  }
}

extension DataRepository {
  /// Makes git leave a path alone that it does not yet.
  ///
  /// - Returns: whether a `.gitignore` was changed.
  func keepFromGit(_ relative: FilePath) throws -> Bool {
    guard let git, let top = git.workTree.flatMap(FileSystem.realPath) else { return false }
    let path = root.pushing(relative)
    var below = path
    guard below.removePrefix(top), try !git.isIgnored(Array(below.string.utf8)) else {
      return false
    }
    return try IgnoreFile.add(
      path.lastComponent?.string ?? "", in: path.removingLastComponent())
  }
}
