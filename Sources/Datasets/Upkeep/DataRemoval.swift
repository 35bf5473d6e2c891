import Platform
import SystemPackage

/// Stops versioning a path: its `.dvc` file and the line in `.gitignore` go, the contents in the cache stay.
package struct DataRemoval {
  let repository: DataRepository

  package init(_ repository: DataRepository) { self.repository = repository }

  /// - Parameters:
  ///   - dropsData: whether the data in the work tree goes, too.
  ///   - isForced: whether it goes also when no version holds it.
  /// - Returns: the files to give to git.
  /// - Throws: ``Failure``: `.conflict` for data that no version holds.
  package func remove(
    _ tracked: TrackedPath, dropsData: Bool, isForced: Bool, watch: FileWatch = FileWatch()
  ) throws -> [FilePath] {
    let root = repository.root
    guard tracked.pointer.lastComponent?.string != "dvc.lock" else {
      throw Failure(
        .conflict, "`\(tracked.path)` is made by a stage in `dvc.yaml`",
        hint: "take the stage out there")
    }
    if dropsData, !isForced { try refuseUnsaved(tracked, watch) }
    let lock = try repository.lock()
    defer { withExtendedLifetime(lock) {} }
    let file = root.pushing(tracked.pointer)
    let bytes = try FileSystem.read(file, limit: 1 << 26)
    let pointer: Pointer
    do { pointer = try Pointer(parsing: bytes) } catch {
      throw error.failure(in: tracked.pointer.string)
    }
    guard pointer.outputs.count == 1 else {
      throw Failure(
        .invalid, "`\(tracked.pointer)` names more than one path",
        hint: "take the entry of `\(tracked.path)` out of it by hand")
    }
    if dropsData { try FileSystem.removeTree(root.pushing(tracked.path)) }
    try FileSystem.remove(file)
    var forGit = [tracked.pointer]
    if let name = tracked.path.lastComponent?.string,
      try IgnoreFile.remove(name, in: root.pushing(tracked.path).removingLastComponent())
    {
      forGit.append(DataMove.ignoreFile(tracked.path))
    }
    try? FileSystem.remove(repository.statFile(tracked.path))
    return forGit
  }

  private func refuseUnsaved(_ tracked: TrackedPath, _ watch: FileWatch) throws {
    let snapshot = try repository.snapshot(of: tracked, watch: watch)
    guard snapshot.kind != .missing else { return }
    let kept = try repository.cache.names()
    let unsaved = snapshot.table.entries.indices.filter {
      let entry = snapshot.table.entries[$0]
      return entry.isHashed && !kept.contains(ObjectName(entry.digest))
    }
    guard let first = unsaved.first else { return }
    let name = snapshot.table.text(first)
    let shown = name.isEmpty ? tracked.path : tracked.path.pushing(FilePath(name))
    throw Failure(
      .conflict,
      "`\(shown)`" + (unsaved.count > 1 ? " and \(unsaved.count - 1) more" : "")
        + " would be lost: no version holds the content",
      hint: "`reprise data add` keeps it, `--force` drops it")
  }
}
