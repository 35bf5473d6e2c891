import Platform
import SystemPackage

/// How the work tree compares with what the pointers say.
package struct DataStatus: Sendable {
  package enum State: String, Sendable {
    case unchanged, modified, missing
    /// The pointer names no content.
    case new
  }

  package struct Item: Sendable {
    package var tracked: TrackedPath
    package var state: State
    /// File by file, when it was asked for.
    package var difference: DataDifference
    /// Whether the named content is in the cache.
    package var isInCache: Bool
  }

  package var items: [Item] = []

  package var isClean: Bool { items.allSatisfy { $0.state == .unchanged && $0.isInCache } }

  /// Looks at tracked paths.
  ///
  /// - Parameter isGranular: whether the files of a changed folder are named one by one.
  package init(
    _ repository: DataRepository, _ paths: [TrackedPath], isGranular: Bool,
    watch: FileWatch = FileWatch()
  ) throws {
    for tracked in paths {
      guard let object = tracked.output.object else {
        items.append(
          Item(tracked: tracked, state: .new, difference: DataDifference(), isInCache: false))
        continue
      }
      let snapshot = try repository.snapshot(of: tracked, watch: watch)
      var item = Item(
        tracked: tracked, state: .unchanged, difference: DataDifference(),
        isInCache: repository.cache.contains(object) || !tracked.output.isCached)
      let needsListing = isGranular || object.family == .legacy
      let old =
        !object.isFolder
        ? FileTable(of: object) : needsListing ? try? repository.cache.listing(object) : nil
      var table = snapshot.table
      var now = snapshot.objectName()
      if object.family == .legacy, now != nil {
        table = try repository.legacy(table, beside: old ?? FileTable(), at: tracked.path)
        now = table.objectName(isFolder: snapshot.kind == .folder, family: .legacy)
      }
      if now == nil {
        item.state = .missing
      } else if now.map({ $0.digest != object.digest || $0.isFolder != object.isFolder }) == true {
        item.state = .modified
      }
      if isGranular, item.state == .modified, object.isFolder, snapshot.kind == .folder,
        let old
      {
        item.difference = .between(old, table, base: tracked.path)
      }
      items.append(item)
    }
  }
}

extension DataRepository {
  /// What is at a tracked path now, with the digests of all files; those that changed are read.
  func snapshot(of tracked: TrackedPath, watch: FileWatch) throws -> Snapshot {
    let target = root.pushing(tracked.path)
    let file = statFile(tracked.path)
    let known = StatCache(reading: file)
    var snapshot = try Snapshot(
      target, known: known, watch: watch, isIgnored: ignoredFiles(below: tracked.path))
    guard !snapshot.unknown.isEmpty else { return snapshot }
    let (failures, finished) = try snapshot.hash(target, watch: watch)
    if let failure = failures.first { throw failure }
    // What cannot be kept is only read again.
    try? StatCache(snapshot.table).write(to: file, at: finished)
    return snapshot
  }
}
