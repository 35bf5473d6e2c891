import Platform
import SystemPackage

/// Finds the pointers that speak of one path, without a look at the whole work tree.
///
/// A pointer stands beside its data (`data.dvc` beside `data`), or, when it has a `wdir` or is a `dvc.lock`, in a folder
/// above; those of what a folder holds stand in it or above.
struct PointerSearch {
  private let root: FilePath
  private let repository: DataRepository
  /// What each pointer that was read says, with its bytes.
  private var read: [FilePath: Result<Content, Failure>] = [:]
  /// The pointers in each folder that was listed.
  private var listed: [FilePath: [FilePath]] = [:]

  struct Content {
    var bytes: [UInt8]
    var tracked: [TrackedPath]
  }

  init(_ repository: DataRepository) {
    self.repository = repository
    root = repository.root
  }

  /// The tracked path that a path is or lies in; or else those that it holds, in the order of their bytes.
  ///
  /// - Parameter path: from the project's root; need not be there.
  /// - Returns: with them the pointers that could not be read, and so might have spoken of the path.
  mutating func tracked(for path: FilePath) throws -> (found: [TrackedPath], problems: [Failure]) {
    var problems: [Failure] = []
    for above in Self.steps(of: path) {
      let pointer = FilePath(above.string + ".dvc")
      guard FileSystem.isFile(root.pushing(pointer)), try !isIgnored(pointer) else { continue }
      if let tracked = tracked(by: pointer, &problems).first(where: { $0.holds(path) }) {
        return ([tracked], [])
      }
    }
    var folders = [FilePath()] + Self.steps(of: path).dropLast()
    if FileSystem.isDirectory(root.pushing(path)), !path.isEmpty { folders.append(path) }
    var below: [TrackedPath] = []
    for folder in folders {
      for pointer in try pointers(in: folder) {
        for tracked in tracked(by: pointer, &problems) {
          if tracked.holds(path) { return ([tracked], []) }
          if tracked.path.starts(with: path) { below.append(tracked) }
        }
      }
    }
    if let last = folders.last, last == path {
      try search(last, Set(below.map(\.path)), depth: 0, &below, &problems)
    }
    below.sort { $0.path.string.utf8.lexicographicallyPrecedes($1.path.string.utf8) }
    return (below, problems)
  }

  /// The bytes of a pointer that was read.
  func bytes(of pointer: FilePath) -> [UInt8]? { try? read[pointer]?.get().bytes }

  /// Looks for pointers in the folders of a folder; not in those that are tracked themselves.
  private mutating func search(
    _ folder: FilePath, _ known: Set<FilePath>, depth: Int, _ found: inout [TrackedPath],
    _ problems: inout [Failure]
  ) throws {
    guard depth < FolderWalk.deepest else { return }
    for name in try PointerNames.list(root.pushing(folder)) {
      let inner = folder.appending(name.text)
      guard !name.isPointer, !known.contains(inner),
        try FileSystem.linkStatus(root.pushing(inner))?.kind == .directory,
        !FileSystem.isDirectory(root.pushing(inner).appending(".dvc")),
        try !isIgnored(inner, isFolder: true)
      else { continue }
      var known = known
      for pointer in try pointers(in: inner) {
        let tracked = tracked(by: pointer, &problems)
        found += tracked
        known.formUnion(tracked.map(\.path))
      }
      try search(inner, known, depth: depth + 1, &found, &problems)
    }
  }

  private mutating func tracked(
    by pointer: FilePath, _ problems: inout [Failure]
  ) -> [TrackedPath] {
    let result =
      read[pointer]
      ?? Result {
        let bytes = try FileSystem.read(root.pushing(pointer), limit: 1 << 30)
        return Content(bytes: bytes, tracked: try repository.tracked(by: pointer, bytes))
      }.mapError { $0 as? Failure ?? Failure(.io, "\($0)") }
    read[pointer] = result
    switch result {
    case .success(let content): return content.tracked
    case .failure(let failure):
      if !problems.contains(failure) { problems.append(failure) }
      return []
    }
  }

  /// The pointers that stand in a folder, in the order of their names.
  private mutating func pointers(in folder: FilePath) throws -> [FilePath] {
    if let known = listed[folder] { return known }
    var pointers: [FilePath] = []
    for name in try PointerNames.list(root.pushing(folder)) where name.isPointer {
      let pointer = folder.appending(name.text)
      guard FileSystem.isFile(root.pushing(pointer)), try !isIgnored(pointer) else { continue }
      pointers.append(pointer)
    }
    listed[folder] = pointers
    return pointers
  }

  /// Whether a `.dvcignore` leaves a path out, or a folder that it lies in.
  private func isIgnored(_ path: FilePath, isFolder: Bool = false) throws -> Bool {
    var patterns: [FolderPatterns] = []
    var folder = FilePath()
    for component in path.components {
      if let own = try FolderPatterns(of: root.pushing(folder), shown: folder) {
        patterns.append(own)
      }
      folder.append(component)
      if !patterns.isEmpty, patterns.ignore(folder, isFolder: isFolder || folder != path) {
        return true
      }
    }
    return false
  }

  /// `a`, `a/b`, `a/b/c`.
  private static func steps(of path: FilePath) -> [FilePath] {
    var steps: [FilePath] = []
    var step = FilePath()
    for component in path.components {
      step.append(component)
      steps.append(step)
    }
    return steps
  }
}
