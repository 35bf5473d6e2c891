import Glibc
import Platform
import SystemPackage

extension DataCheckout {
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
    return try carryOutMarked(plans)
  }

  /// A folder of unfinished files stands from before the first change to after the last one. Who is killed leaves it, and
  /// so tells the next who comes to look for folders in which no file is left, or none came yet.
  private func carryOutMarked(_ plans: [Plan]) throws -> [Result] {
    let isIdle = plans.allSatisfy { $0.writes.isEmpty && $0.removals.isEmpty }
    if isIdle, !isWorkLeft { return try plans.map { try carryOut($0, in: workState) } }
    try FileSystem.createDirectory(workState)
    let work = try TemporaryDirectory(prefix: Self.workPrefix, in: workState)
    // Of all of them before any is worked on: the folder says nothing of the path that was.
    if removeAbandoned(plans) {
      for plan in plans { removeUnwantedFolders(plan, target(plan)) }
    }
    var results: [Result] = []
    for plan in plans { results.append(try carryOut(plan, in: work.path)) }
    return results
  }

  private func target(_ plan: Plan) -> FilePath { repository.root.pushing(plan.tracked.path) }

  private static func names(_ paths: [FilePath]) -> String {
    guard paths.count > 1, let first = paths.first else { return "`\(paths.first ?? "")`" }
    return "`\(first)` and \(paths.count - 1) more"
  }

  /// - Parameter work: for unfinished files, on the disk of the cache's own.
  private func carryOut(_ plan: Plan, in work: FilePath) throws -> Result {
    let target = target(plan)
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
    var failures: [Failure] = []
    let folder = Self.folder(of: target)
    if plan.writes.isEmpty {
      // There is nothing to deliver.
    } else if try FileSystem.status(work)?.device == FileSystem.status(folder)?.device {
      failures = try deliver(plan, to: target, in: work)
    } else {
      let other = try TemporaryDirectory(prefix: Self.otherPrefix, in: folder)
      failures = try deliver(plan, to: target, in: other.path)
    }
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

  private func deliver(
    _ plan: Plan, to target: FilePath, in work: FilePath
  ) throws -> [Failure] {
    let links = Set(plan.extras.links.map { FilePath($0.path) })
    let programs = Set(plan.extras.programs.map { FilePath($0) })
    @Sendable func file(_ path: String) -> FilePath {
      path.isEmpty ? target : target.pushing(FilePath(path))
    }
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
      cache: repository.cache, kinds: options.kinds, work: work, watch: watch)
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

  /// Unfinished files stand where the cache keeps its own; beside the target, if that is another disk.
  private static let workPrefix = "out-"
  private static let otherPrefix = ".reprise-out-"

  private var workState: FilePath { repository.stateFolder.appending("work") }

  private var isWorkLeft: Bool {
    let names = (try? FileSystem.names(in: workState)) ?? []
    return names.contains { $0.hasPrefix(Self.workPrefix) }
  }

  /// What killed processes left. They may have written their last file, so this does not wait for there to be something to
  /// write.
  ///
  /// - Returns: whether there was anything.
  private func removeAbandoned(_ plans: [Plan]) -> Bool {
    var found = TemporaryDirectory.removeAbandoned(prefix: Self.workPrefix, in: workState)
    for plan in plans {
      let folder = Self.folder(of: target(plan))
      if TemporaryDirectory.removeAbandoned(prefix: Self.otherPrefix, in: folder) { found = true }
    }
    return found
  }

  /// Folders whose files a killed process had removed, or that it had made for files that never came. Others with nothing in them are the person's.
  private func removeUnwantedFolders(_ plan: Plan, _ target: FilePath) {
    let wanted = Set(plan.extras.emptyFolders.map { FilePath($0) })
    for (index, entry) in plan.current.table.entries.enumerated() where entry.kind == .emptyFolder {
      let path = plan.current.table.text(index)
      guard !path.isEmpty, !wanted.contains(FilePath(path)) else { continue }
      _ = target.pushing(FilePath(path)).withPlatformString { rmdir($0) }
      removeEmptyFolders(above: path, in: target)
    }
  }

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
