import Glibc
import Platform
import SystemPackage

/// Gives versioned data another path: the data, its `.dvc` file and the line in `.gitignore` go together.
///
/// The new pointer comes first and the old one goes last: killed in between, the move can be made again.
package struct DataMove {
  let repository: DataRepository

  package init(_ repository: DataRepository) { self.repository = repository }

  /// What was done.
  package struct Moved: Sendable {
    package var from: TrackedPath
    package var path: FilePath
    package var pointer: FilePath
    /// Files to give to git.
    package var forGit: [FilePath]
  }

  /// - Parameters:
  ///   - tracked: what to move.
  ///   - target: the new path, from the project's root; one that is a folder takes the data in.
  /// - Throws: ``Failure``: `.conflict` when something is there, `.invalid` for data that a stage makes.
  package func move(_ tracked: TrackedPath, to target: FilePath) throws -> Moved {
    let root = repository.root
    guard tracked.pointer.lastComponent?.string != "dvc.lock" else {
      throw Failure(
        .conflict, "`\(tracked.path)` is made by a stage in `dvc.yaml`, which says where",
        hint: "change the path there")
    }
    let file = root.pushing(tracked.pointer)
    let bytes = try FileSystem.read(file, limit: 1 << 26)
    let pointer: Pointer
    do { pointer = try Pointer(parsing: bytes) } catch {
      throw error.failure(in: tracked.pointer.string)
    }
    guard pointer.outputs.count == 1, let name = tracked.path.lastComponent else {
      throw Failure(
        .invalid, "`\(tracked.pointer)` names more than one path; they move together or not at all",
        hint: "move the files by hand, and edit the pointer")
    }
    let target =
      FileSystem.isDirectory(root.pushing(target)) ? target.appending(name) : target
    guard target != tracked.path, !target.starts(with: tracked.path) else {
      throw Failure(.invalid, "`\(tracked.path)` cannot be moved into itself")
    }
    let new = FilePath(target.string + ".dvc")
    try check(tracked, target, new)
    let lock = try repository.lock()
    defer { withExtendedLifetime(lock) {} }
    var text = PointerText(bytes)
    do { try text.rename(tracked.output.path, to: target.lastComponent?.string ?? "") } catch {
      throw error.failure(in: tracked.pointer.string)
    }
    try FileSystem.createDirectory(root.pushing(target).removingLastComponent())
    try FileSystem.write(Array(text.text.utf8), to: root.pushing(new))
    var forGit = [new, tracked.pointer]
    if try repository.keepFromGit(target) { forGit.append(Self.ignoreFile(target)) }
    if FileSystem.exists(root.pushing(tracked.path)) {
      try FileSystem.rename(root.pushing(tracked.path), to: root.pushing(target))
    }
    try FileSystem.remove(file)
    if let name = tracked.path.lastComponent?.string,
      try IgnoreFile.remove(name, in: root.pushing(tracked.path).removingLastComponent())
    {
      forGit.append(Self.ignoreFile(tracked.path))
    }
    try? moveStats(from: tracked.path, to: target)
    return Moved(from: tracked, path: target, pointer: new, forGit: forGit)
  }

  static func ignoreFile(_ path: FilePath) -> FilePath {
    path.removingLastComponent().appending(".gitignore")
  }

  private func check(_ tracked: TrackedPath, _ target: FilePath, _ new: FilePath) throws {
    let root = repository.root
    for other in try repository.trackedPaths()
    where other.path != tracked.path && !(other.path == target && isHalfDone(tracked, other)) {
      if other.holds(target) || other.path.starts(with: target) {
        throw Failure(
          .conflict, "`\(target)` overlaps with `\(other.path)`, which `\(other.pointer)` tracks")
      }
    }
    if FileSystem.exists(root.pushing(target)) {
      throw Failure(
        .conflict, "`\(target)` is there already", hint: "choose another name, or remove it first")
    }
    guard repository.relative(root.pushing(target)) != nil else {
      throw Failure(.invalid, "`\(target)` is outside of the project")
    }
    let first = target.components.first?.string
    guard first != ".dvc", first != ".git", target.extension != "dvc" else {
      throw Failure(.invalid, "`\(target)` belongs to the versions themselves")
    }
  }

  /// Whether a pointer at the target is what a killed move of the same data left.
  private func isHalfDone(_ tracked: TrackedPath, _ other: TrackedPath) -> Bool {
    other.output.object == tracked.output.object
      && other.pointer == FilePath(other.path.string + ".dvc")
      && !FileSystem.exists(repository.root.pushing(other.path))
  }

  /// The files stay what they are: only the change time of the folder is another.
  private func moveStats(from old: FilePath, to new: FilePath) throws {
    let file = repository.statFile(old)
    guard FileSystem.isFile(file) else { return }
    try FileSystem.rename(file, to: repository.statFile(new))
  }
}
