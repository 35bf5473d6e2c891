import Platform
import SystemPackage

/// Makes the files at a tracked path those that a version names.
///
/// Nothing that is in no cache is dropped, unless it is forced. A file changes by rename, so that whoever reads sees the old
/// or the new one; killed at any moment, what was done is done, and the next checkout does the rest.
package struct DataCheckout {
  package struct Options: Sendable {
    /// Work that no version has may be dropped.
    package var isForced = false
    /// Files that are there already are made anew, as links of the wanted kind.
    package var relinks = false
    package var kinds: [LinkKind] = [.reflink, .copy]

    package init() {}
  }

  /// What was done at one path.
  package struct Result: Sendable {
    package var path: FilePath
    package var added = 0
    package var modified = 0
    package var deleted = 0
    /// Files that were right already and were made anew, as links of the wanted kind.
    package var relinked = 0

    package var isEmpty: Bool { added + modified + deleted + relinked == 0 }
  }

  let repository: DataRepository
  let options: Options
  let watch: FileWatch

  package init(_ repository: DataRepository, _ options: Options, watch: FileWatch = FileWatch()) {
    self.repository = repository
    self.options = options
    self.watch = watch
  }

  /// What has to be done at a path, looked at before anything is.
  package struct Plan {
    let tracked: TrackedPath
    let object: ObjectName
    let current: Snapshot
    /// The same with digests that can be compared with the wanted ones: other ones for versions of DVC before 3.
    let compared: FileTable
    let wanted: FileTable
    let extras: FolderExtras
    /// What the pointer says of contents beside their md5.
    var strong: [ObjectName: StrongDigest] = [:]
    /// Places in `wanted`.
    var writes: [Int] = []
    /// Places in the current table.
    var removals: [Int] = []
    package fileprivate(set) var result: Result
    /// Files whose content no cache has and that would go.
    package fileprivate(set) var unsaved: [FilePath] = []
    /// Contents that the cache does not have.
    package fileprivate(set) var missing: [ObjectName] = []
  }

  /// - Parameter below: only files at or below this path inside the tracked one; all when nil.
  /// - Throws: ``Failure`` with `.notFound` when the listing of a folder is not in the cache.
  package func plan(_ tracked: TrackedPath, below: FilePath? = nil) throws -> Plan? {
    guard let object = tracked.output.object, tracked.output.isCached else { return nil }
    let current = try repository.snapshot(of: tracked, watch: watch)
    var wanted = FileTable()
    var extras = FolderExtras()
    if object.isFolder {
      wanted = try repository.cache.listing(object)
      if let digest = tracked.output.extras { extras = try repository.cache.extras(digest) }
      extras.links.removeAll { !Self.leadsInside($0) }
    } else {
      wanted.append(path: [], FileTable.Entry(digest: object.digest))
      if tracked.output.isExecutable { extras.programs = [""] }
    }
    let compared =
      object.family == .md5
      ? current.table
      : try repository.legacy(current.table, beside: wanted, at: tracked.path)
    var plan = Plan(
      tracked: tracked, object: object, current: current, compared: compared, wanted: wanted,
      extras: extras,
      result: Result(path: tracked.path))
    let isOtherKind =
      current.kind == .file && object.isFolder || current.kind == .folder && !object.isFolder
    compare(&plan, below: below.map { Array($0.string.utf8) }, isOtherKind: isOtherKind)
    try check(&plan)
    return plan
  }

  private func compare(_ plan: inout Plan, below: [UInt8]?, isOtherKind: Bool) {
    let target = repository.root.pushing(plan.tracked.path)
    let links = Set(plan.extras.links.map { FilePath($0.path) })
    /// A link that leads where it should is right, whatever is there.
    func isRightLink(_ path: String) -> Bool {
      guard links.contains(FilePath(path)) else { return false }
      let wanted = plan.extras.links.first { FilePath($0.path) == FilePath(path) }?.target
      return (try? FileSystem.linkTarget(target.pushing(FilePath(path))).string) == wanted
    }
    func isMeant(_ path: ArraySlice<UInt8>) -> Bool {
      guard let below, !below.isEmpty else { return true }
      return path.starts(with: below)
        && (path.count == below.count || path[path.startIndex + below.count] == 0x2F)
    }
    var current = plan.compared
    if isOtherKind {
      plan.removals = Array(current.entries.indices)
      plan.result.deleted = plan.current.fileCount
      current = FileTable()
    }
    FileTable.match(current, plan.wanted) { now, then in
      switch (now, then) {
      case (let now?, let then?):
        guard isMeant(plan.wanted.path(then)) else { return }
        let entry = current.entries[now]
        let isSame = entry.isHashed && entry.digest == plan.wanted.entries[then].digest
        if isSame && !options.relinks { return }
        if isRightLink(plan.wanted.text(then)) { return }
        if isSame { plan.result.relinked += 1 } else { plan.result.modified += 1 }
        plan.writes.append(then)
      case (nil, let then?):
        guard isMeant(plan.wanted.path(then)) else { return }
        plan.result.added += 1
        plan.writes.append(then)
      case (let now?, nil):
        let kind = current.entries[now].kind
        guard isMeant(current.path(now)), kind == .file || kind == .link else { return }
        plan.result.deleted += 1
        plan.removals.append(now)
      case (nil, nil): return
      }
    }
  }

  private func check(_ plan: inout Plan) throws {
    guard !plan.writes.isEmpty || !plan.removals.isEmpty else { return }
    let kept = try repository.cache.names()
    let family = plan.object.family
    var missing: Set<ObjectName> = []
    for index in plan.writes {
      let name = ObjectName(plan.wanted.entries[index].digest, family: family)
      if !(family == .md5 ? kept.contains(name) : repository.cache.contains(name)) {
        missing.insert(name)
      }
    }
    plan.missing = missing.sorted { $0.digest < $1.digest }
    plan.strong = try repository.cache.strongDigests(of: plan.tracked.output)
    guard !options.isForced else { return }
    for index in Set(plan.removals).union(overwritten(plan)).sorted() {
      let entry = plan.current.table.entries[index]
      guard entry.isHashed, !kept.contains(ObjectName(entry.digest)) else { continue }
      if family == .legacy,
        repository.cache.holds(
          legacy: plan.compared.entries[index].digest, withBytesOf: entry.digest)
      {
        continue
      }
      let path = plan.current.table.text(index)
      plan.unsaved.append(plan.tracked.path.pushing(FilePath(path)))
    }
  }

  /// Places in the current table of files that are written anew.
  private func overwritten(_ plan: Plan) -> [Int] {
    var found: [Int] = []
    var write = 0
    FileTable.match(plan.current.table, plan.wanted) { now, then in
      guard let now, let then else { return }
      while write < plan.writes.count, plan.writes[write] < then { write += 1 }
      if write < plan.writes.count, plan.writes[write] == then { found.append(now) }
    }
    return found
  }

  /// A version made elsewhere must not make links that lead out of its folder.
  private static func leadsInside(_ link: FolderExtras.Link) -> Bool {
    let target = FilePath(link.target)
    guard !target.isAbsolute else { return false }
    let place = FilePath(link.path).removingLastComponent().pushing(target).lexicallyNormalized()
    return place.components.first?.kind != .parentDirectory
  }
}
