import Git
import Platform
import SystemPackage

/// The data as a commit names it, or as it is in the work tree.
package struct DataVersion {
  package let repository: DataRepository
  /// Nil for the work tree.
  package let revision: String?
  /// In the order of the paths' bytes.
  package let paths: [TrackedPath]

  /// - Throws: ``Failure`` with `.notFound` for a revision that there is not.
  package init(_ repository: DataRepository, at revision: String? = nil) throws {
    self.repository = repository
    self.revision = revision
    paths = try revision.map { try repository.trackedPaths(at: $0) } ?? repository.trackedPaths()
  }

  /// The tracked path that is a path or holds it, and what is left of the path below that one; nil when none does.
  package func find(_ path: FilePath) -> (tracked: TrackedPath, below: FilePath)? {
    for tracked in paths where tracked.holds(path) {
      var below = path
      _ = below.removePrefix(tracked.path)
      return (tracked, below)
    }
    return nil
  }

  /// The files of a tracked path with their digests; a single file has an empty path. Nil when a folder's listing is not
  /// in the cache, when there is nothing in the work tree, and for what git keeps itself.
  ///
  /// - Throws: ``Failure`` with `.corrupt` for a damaged listing.
  package func table(of tracked: TrackedPath, watch: FileWatch = FileWatch()) throws -> FileTable? {
    guard revision != nil else {
      let snapshot = try repository.snapshot(of: tracked, watch: watch)
      return snapshot.kind == .missing ? nil : snapshot.table
    }
    guard let object = tracked.output.object else { return nil }
    guard object.isFolder else {
      var table = FileTable()
      var entry = FileTable.Entry(digest: object.digest)
      entry.size = tracked.output.size ?? 0
      table.append(path: [], entry)
      return table
    }
    guard repository.cache.contains(object) else { return nil }
    return try repository.cache.listing(object)
  }

  /// Whether the content at a tracked path is a folder.
  func isFolder(_ tracked: TrackedPath) -> Bool {
    guard revision == nil else { return tracked.output.object?.isFolder ?? false }
    return FileSystem.isDirectory(repository.root.pushing(tracked.path))
  }
}

extension DataRepository {
  /// The listing of a folder.
  ///
  /// - Throws: ``Failure``: `.notFound` when it is not in the cache.
  package func listing(_ object: ObjectName) throws -> FileTable {
    guard cache.contains(object) else {
      throw Failure(
        .notFound, "the listing `\(object.text)` is not in the cache", hint: "reprise data fetch")
    }
    return try cache.listing(object)
  }
}
