import Git
import Platform
import SystemPackage

/// Takes versioned data of another repository into this project, and remembers where it came from.
package struct DataImport {
  let repository: DataRepository
  let watch: FileWatch

  package init(_ repository: DataRepository, watch: FileWatch = FileWatch()) {
    self.repository = repository
    self.watch = watch
  }

  package struct Imported: Sendable {
    package var path: FilePath
    package var pointer: FilePath
    package var commit: String
    package var isChanged: Bool
    /// Files to give to git.
    package var forGit: [FilePath]
  }

  /// Imports a path.
  ///
  /// - Parameters:
  ///   - target: where it goes, from the project's root; a folder that is there takes it in.
  ///   - isForced: whether files that no version holds may be replaced.
  /// - Throws: ``Failure``: `.conflict` when something else is there.
  package func add(
    _ path: FilePath, of origin: DataOrigin, to target: FilePath, isForced: Bool
  ) throws -> Imported {
    let all = try repository.trackedPaths()
    var target = target
    if FileSystem.isDirectory(repository.root.pushing(target)),
      !all.contains(where: { $0.path == target }), let name = path.lastComponent
    {
      target.append(name)
    }
    let existing = all.first { $0.path == target }
    for tracked in all
    where tracked.path != target && (tracked.holds(target) || tracked.path.starts(with: target)) {
      throw Failure(
        .conflict, "`\(target)` overlaps with `\(tracked.path)`, which `\(tracked.pointer)` tracks")
    }
    let isThere = FileSystem.exists(repository.root.pushing(target))
    guard isForced || existing != nil || !isThere else {
      throw Failure(
        .conflict, "`\(target)` is there already", hint: "`--force` replaces it, `-o` names another"
      )
    }
    let pointer = existing?.pointer ?? FilePath(target.string + ".dvc")
    let source = ImportSource(
      path: path.string, repository: origin.url, revision: origin.revision,
      lockedCommit: origin.commit)
    return try take(source, origin, target, pointer, isForced: isForced)
  }

  /// Brings an import to what its repository has now.
  ///
  /// - Parameters:
  ///   - origin: opens the repository that a source names, at a branch, tag or commit.
  ///   - revision: another branch, tag or commit than before.
  /// - Returns: nil for a pointer that is no import.
  package func update(
    _ tracked: TrackedPath, to revision: String?, isForced: Bool,
    origin: (_ url: String, _ revision: String?, _ pointer: FilePath) throws -> DataOrigin
  ) throws -> Imported? {
    let bytes = try FileSystem.read(repository.root.pushing(tracked.pointer), limit: 1 << 26)
    let pointer: Pointer
    do { pointer = try Pointer(parsing: bytes) } catch {
      throw error.failure(in: tracked.pointer.string)
    }
    guard var source = pointer.source, let url = source.repository else { return nil }
    if let revision { source.revision = revision }
    let from = try origin(url, source.revision, tracked.pointer)
    guard from.commit != source.lockedCommit || revision != nil else {
      return Imported(
        path: tracked.path, pointer: tracked.pointer, commit: from.commit, isChanged: false,
        forGit: [])
    }
    source.lockedCommit = from.commit
    return try take(source, from, tracked.path, tracked.pointer, isForced: isForced)
  }

  private func take(
    _ source: ImportSource, _ origin: DataOrigin, _ target: FilePath, _ pointer: FilePath,
    isForced: Bool
  ) throws -> Imported {
    let path = FilePath(source.path)
    switch try origin.find(path) {
    case .data(let tracked, let below, let project):
      let objects = try repository.cache.lock(exclusively: false)
      defer { withExtendedLifetime(objects) {} }
      try origin.bring(
        tracked.output, below: below, of: project, into: repository.cache, watch: watch)
      var output = try part(tracked.output, below, path)
      output.path = target.lastComponent?.string ?? ""
      try checkOut(TrackedPath(pointer: pointer, path: target, output: output), isForced: isForced)
    case .files:
      // No version of ours holds what is there; whoever asks to replace it says so.
      _ = try DataDownload(origin, watch: watch).place(
        path, at: repository.root.pushing(target),
        isForced: isForced || FileSystem.exists(repository.root.pushing(pointer)))
    }
    let old = try? FileSystem.read(repository.root.pushing(pointer), limit: 1 << 26)
    var addition = DataAddition(repository, DataAddition.Options(), watch: watch)
    addition.source = source
    let added = try addition.add(repository.root.pushing(target))
    let new = try? FileSystem.read(repository.root.pushing(pointer), limit: 1 << 26)
    return Imported(
      path: target, pointer: added.pointer, commit: origin.commit, isChanged: old != new,
      forGit: added.forGit)
  }

  /// The output for a part of a folder: one file, or a listing of its own.
  private func part(
    _ output: PointerOutput, _ below: FilePath, _ path: FilePath
  ) throws -> PointerOutput {
    guard !below.isEmpty, let object = output.object, object.isFolder else { return output }
    let part = try repository.cache.listing(object).part(below)
    guard part.count > 0 else {
      throw Failure(.notFound, "there is no `\(below)` in `\(output.path)`")
    }
    var result = PointerOutput(path: output.path)
    result.object = part.objectName(isFolder: !part.isFile, family: object.family)
    guard let name = result.object, name.isFolder else { return result }
    let work = try repository.cache.temporary()
    try repository.cache.store(FolderListing.bytes(of: part), as: name, in: work.path)
    return result
  }

  private func checkOut(_ tracked: TrackedPath, isForced: Bool) throws {
    var options = DataCheckout.Options()
    options.isForced = isForced
    options.kinds = try repository.linkKinds(override: nil)
    let checkout = DataCheckout(repository, options, watch: watch)
    guard let plan = try checkout.plan(tracked) else { return }
    _ = try checkout.carryOut([plan])
  }
}
