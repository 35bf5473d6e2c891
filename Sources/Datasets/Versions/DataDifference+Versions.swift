import Platform
import SystemPackage

extension DataDifference {
  /// Compares two versions, tracked path by tracked path and file by file.
  ///
  /// A tracked folder that differs is an item too, and only it where a listing is not in the cache.
  ///
  /// - Parameter isMeant: which tracked paths to look at.
  package init(
    from old: DataVersion, to new: DataVersion, where isMeant: (FilePath) -> Bool = { _ in true },
    watch: FileWatch = FileWatch()
  ) throws {
    // What git keeps itself is its to compare.
    func known(_ version: DataVersion) -> [FilePath: TrackedPath] {
      let cached = version.paths.filter(\.output.isCached).map { ($0.path, $0) }
      return Dictionary(cached) { first, _ in first }
    }
    let before = known(old)
    let after = known(new)
    let paths = Set(before.keys).union(after.keys).filter(isMeant).sorted {
      $0.string.utf8.lexicographicallyPrecedes($1.string.utf8)
    }
    for path in paths {
      try compare(Side(old, before[path], watch), Side(new, after[path], watch), path)
    }
    items.sort { $0.path.string.utf8.lexicographicallyPrecedes($1.path.string.utf8) }
    findRenames()
  }

  /// What one version has at a path.
  private struct Side {
    let version: DataVersion
    let tracked: TrackedPath?
    let watch: FileWatch

    init(_ version: DataVersion, _ tracked: TrackedPath?, _ watch: FileWatch) {
      self.version = version
      self.watch = watch
      // What a pointer of the work tree names but is not there was deleted.
      guard version.revision == nil, let path = tracked?.path,
        !FileSystem.exists(version.repository.root.pushing(path))
      else {
        self.tracked = tracked
        return
      }
      self.tracked = nil
    }

    var isFolder: Bool { tracked.map { version.isFolder($0) } ?? false }

    /// The files; an empty table where there is nothing, nil where they are not known.
    func table() throws -> FileTable? {
      guard let tracked else { return FileTable() }
      return try version.table(of: tracked, watch: watch)
    }
  }

  private mutating func compare(_ old: Side, _ new: Side, _ path: FilePath) throws {
    if let a = old.tracked, let b = new.tracked, old.version.revision != nil,
      new.version.revision != nil, a.output.object == b.output.object
    {
      return
    }
    guard old.tracked != nil || new.tracked != nil else { return }
    // A file that became a folder went, and a folder came.
    if old.tracked != nil, new.tracked != nil, old.isFolder != new.isFolder {
      try compare(old, Side(new.version, nil, new.watch), path)
      return try compare(Side(old.version, nil, old.watch), new, path)
    }
    let change: Change =
      old.tracked == nil ? .added : new.tracked == nil ? .deleted : .modified
    let isFolder = old.isFolder || new.isFolder
    guard let first = try old.table(), var second = try new.table() else {
      items.append(Item(path: path, change: change, isFolder: isFolder))
      items.append(Item(path: path, change: .notInCache, isFolder: isFolder))
      return
    }
    if new.version.revision == nil, old.tracked?.output.object?.family == .legacy {
      second = try new.version.repository.legacy(second, beside: first, at: path)
    }
    var found = DataDifference.between(first, second, base: path).items
    for index in found.indices where found[index].size == nil {
      let tracked = found[index].change == .deleted ? old.tracked : new.tracked
      if !isFolder { found[index].size = tracked?.output.size }
    }
    if isFolder, !found.isEmpty || change != .modified {
      items.append(Item(path: path, change: change, isFolder: true))
    }
    items += found
  }
}
