import Glibc
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
    fileprivate var strong: [ObjectName: StrongDigest] = [:]
    /// Places in `wanted`.
    fileprivate var writes: [Int] = []
    /// Places in the current table.
    fileprivate var removals: [Int] = []
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

  // MARK: Doing it

  /// Does what plans say, or nothing when any of them cannot be done.
  ///
  /// - Throws: ``Failure``: `.conflict` for unsaved work, `.notFound` for contents that are missing, `.corrupt` for damaged
  ///   ones; then all files that could be delivered were.
  package func carryOut(_ plans: [Plan]) throws -> [Result] {
    let unsaved = plans.flatMap(\.unsaved)
    guard unsaved.isEmpty else {
      var failure = Failure(
        .conflict, "\(Self.names(unsaved)) would be lost: no version holds the content",
        hint: "`reprise data add` keeps it, `--force` drops it")
      failure.details = unsaved.prefix(20).map { Failure(.conflict, "not saved: `\($0)`") }
      throw failure
    }
    let missing = plans.flatMap(\.missing)
    if let first = missing.first {
      let paths = plans.filter { !$0.missing.isEmpty }.map { "`\($0.tracked.path)`" }
      throw Failure(
        .notFound,
        "\(missing.count) of the contents of \(paths.joined(separator: ", ")) are not in the cache (\(first.text)…)",
        hint: "reprise data pull")
    }
    return try plans.map(carryOut)
  }

  private static func names(_ paths: [FilePath]) -> String {
    guard paths.count > 1, let first = paths.first else { return "`\(paths.first ?? "")`" }
    return "`\(first)` and \(paths.count - 1) more"
  }

  private func carryOut(_ plan: Plan) throws -> Result {
    let target = repository.root.pushing(plan.tracked.path)
    if removeAbandoned(target) { removeUnwantedFolders(plan, target) }
    for index in plan.removals {
      let path = plan.current.table.text(index)
      let file = path.isEmpty ? target : target.pushing(FilePath(path))
      if plan.current.table.entries[index].kind == .emptyFolder {
        _ = file.withPlatformString { rmdir($0) }
      } else {
        try FileSystem.remove(file)
      }
      removeEmptyFolders(above: path, in: target)
    }
    if plan.object.isFolder {
      if plan.current.kind == .file { try FileSystem.remove(target) }
      try FileSystem.createDirectory(target)
    } else {
      if plan.current.kind == .folder { _ = target.withPlatformString { rmdir($0) } }
      try FileSystem.createDirectory(target.removingLastComponent())
    }
    let failures = try deliver(plan, to: target)
    if plan.object.isFolder { try finish(plan, target) }
    if var failure = failures.first {
      failure.details = Array(failures.dropFirst().prefix(20))
      throw failure
    }
    return plan.result
  }

  /// Folders that have become empty go, up to the tracked one.
  private func removeEmptyFolders(above path: String, in target: FilePath) {
    var folder = FilePath(path).removingLastComponent()
    while !folder.isEmpty {
      guard target.pushing(folder).withPlatformString({ rmdir($0) }) == 0 else { return }
      folder.removeLastComponent()
    }
  }

  private func deliver(_ plan: Plan, to target: FilePath) throws -> [Failure] {
    let links = Set(plan.extras.links.map { FilePath($0.path) })
    let programs = Set(plan.extras.programs.map { FilePath($0) })
    @Sendable func file(_ path: String) -> FilePath {
      path.isEmpty ? target : target.pushing(FilePath(path))
    }
    guard !plan.writes.isEmpty else { return [] }
    // Before any folder is made: it tells the next who comes that this one was killed.
    let work = try workFolder(target)
    var places: [Int] = []
    var last: [UInt8]?
    for index in plan.writes {
      let path = plan.wanted.text(index)
      guard !links.contains(FilePath(path)) else { continue }
      let folder = Array(
        path.utf8.prefix(upTo: path.utf8.lastIndex(of: 0x2F) ?? path.utf8.startIndex))
      if folder != last {
        try makeFolder(file(path).removingLastComponent(), in: target)
        last = folder
      }
      places.append(index)
    }
    guard !places.isEmpty else { return [] }
    let delivery = Delivery(
      cache: repository.cache, kinds: options.kinds, work: work.path, watch: watch)
    let (made, failures) = delivery.run(places.count) { [places] number in
      let index = places[number]
      let path = plan.wanted.text(index)
      let object = ObjectName(plan.wanted.entries[index].digest, family: plan.object.family)
      return Delivery.Job(
        object: object, target: file(path), isProgram: programs.contains(FilePath(path)),
        strong: plan.strong[object])
    }
    try noteStats(plan, made, places)
    if watch.isCancelled() { throw Failure(.interrupted, "interrupted") }
    return failures.map(\.failure)
  }

  /// A link in place of a folder would lead the files elsewhere.
  private func makeFolder(_ folder: FilePath, in target: FilePath) throws {
    var path = target
    var rest = folder
    guard rest.removePrefix(target) else { return try FileSystem.createDirectory(folder) }
    for step in rest.components {
      path.append(step)
      switch try FileSystem.linkStatus(path)?.kind {
      case .directory: continue
      case .link: try FileSystem.remove(path)
      case nil: break
      case .file, .other:
        throw Failure(.conflict, "`\(path)` is a file where the version has a folder")
      }
      try FileSystem.createDirectory(path)
    }
  }

  /// Unfinished files stand where the cache keeps its own, if that is the same disk.
  private func workFolder(_ target: FilePath) throws -> TemporaryDirectory {
    try FileSystem.createDirectory(workState)
    let here = try FileSystem.status(workState)?.device
    let folder = Self.folder(of: target)
    guard try here == FileSystem.status(folder)?.device else {
      return try TemporaryDirectory(prefix: ".reprise-out-", in: folder)
    }
    return try TemporaryDirectory(prefix: "out-", in: workState)
  }

  /// What a killed process left of ``workFolder(_:)``. It may have written its last file, so this does not wait for
  /// there to be something to write.
  ///
  /// - Returns: whether there was anything.
  private func removeAbandoned(_ target: FilePath) -> Bool {
    let here = TemporaryDirectory.removeAbandoned(prefix: "out-", in: workState)
    let there = TemporaryDirectory.removeAbandoned(
      prefix: ".reprise-out-", in: Self.folder(of: target))
    return here || there
  }

  /// Folders that a killed process had made for files that never came. Others with nothing in them are the person's.
  private func removeUnwantedFolders(_ plan: Plan, _ target: FilePath) {
    let wanted = Set(plan.extras.emptyFolders.map { FilePath($0) })
    for (index, entry) in plan.current.table.entries.enumerated() where entry.kind == .emptyFolder {
      let path = plan.current.table.text(index)
      guard !path.isEmpty, !wanted.contains(FilePath(path)) else { continue }
      _ = target.pushing(FilePath(path)).withPlatformString { rmdir($0) }
      removeEmptyFolders(above: path, in: target)
    }
  }

  private var workState: FilePath { repository.stateFolder.appending("work") }

  private static func folder(of target: FilePath) -> FilePath {
    FileSystem.isDirectory(target) ? target : target.removingLastComponent()
  }

  /// Links, folders with nothing in them, and which files may be run.
  private func finish(_ plan: Plan, _ target: FilePath) throws {
    for link in plan.extras.links {
      let path = target.pushing(FilePath(link.path))
      if (try? FileSystem.linkTarget(path).string) == link.target { continue }
      try makeFolder(path.removingLastComponent(), in: target)
      try FileSystem.remove(path)
      guard symlink(link.target, path.string) == 0 else {
        throw Failure(errno: errno, "create the link", path)
      }
    }
    for path in plan.extras.emptyFolders {
      try makeFolder(target.pushing(FilePath(path)), in: target)
    }
    let written = Set(plan.writes.map { FilePath(plan.wanted.text($0)) })
    for path in plan.extras.programs where !written.contains(FilePath(path)) {
      let file = target.pushing(FilePath(path))
      guard let status = try FileSystem.linkStatus(file), status.kind == .file,
        status.mode & 0o100 == 0
      else { continue }
      _ = file.withPlatformString { chmod($0, status.mode | 0o100) }
    }
  }

  /// A version made elsewhere must not make links that lead out of its folder.
  private static func leadsInside(_ link: FolderExtras.Link) -> Bool {
    let target = FilePath(link.target)
    guard !target.isAbsolute else { return false }
    let place = FilePath(link.path).removingLastComponent().pushing(target).lexicallyNormalized()
    return place.components.first?.kind != .parentDirectory
  }

  /// Notes the digests of what was delivered, so that nobody needs to read it again.
  private func noteStats(_ plan: Plan, _ made: [Delivery.Made?], _ places: [Int]) throws {
    let file = repository.statFile(plan.tracked.path)
    let target = repository.root.pushing(plan.tracked.path)
    guard
      var fresh = try? Snapshot(
        target, known: StatCache(plan.current.table), watch: watch, isIgnored: { _, _ in false })
    else { return }
    // Both go in the order of the paths.
    var job = 0
    FileTable.match(fresh.table, plan.wanted) { now, then in
      guard let now, let then else { return }
      while job < places.count, places[job] < then { job += 1 }
      guard job < places.count, places[job] == then, let entry = made[job] else { return }
      let found = fresh.table.entries[now]
      // The times of the name change with the rename, those of the content do not.
      guard found.inode == entry.inode, found.size == entry.size, found.modified == entry.modified
      else { return }
      fresh.table.entries[now].digest = entry.digest
      fresh.table.entries[now].isHashed = true
    }
    try? StatCache(fresh.table).write(to: file, at: FileIntake.now())
  }
}
