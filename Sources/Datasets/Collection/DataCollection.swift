import Git
import Glibc
import Platform
import SystemPackage

/// Removes contents from the cache that nothing names any more.
///
/// What any commit names stays that a branch, a tag, the stash, a work tree or the logs of these lead to; what an index or
/// a work tree names; and what is younger than a time of grace, for it may belong to work that is under way.
package struct DataCollection {
  package struct Options: Sendable {
    /// Milliseconds that a content is kept after it came, whatever names it.
    package var grace: Int64 = 86_400_000
    /// Whether what branches named before counts.
    package var keepsLogs = true
    /// Whether history counts at all; otherwise only what the work trees and indexes name.
    package var keepsHistory = true

    package init() {}
  }

  package struct Item: Sendable, Hashable {
    /// Below the cache.
    package var key: String
    package var size: Int64
  }

  package struct Plan: Sendable {
    /// Contents that are named.
    package var kept = 0
    /// Contents that nothing names, but that came within the time of grace.
    package var young = 0
    /// What is to be removed, listings first: a folder whose listing is there is taken for whole.
    package var items: [Item] = []

    package var bytes: Int64 { items.reduce(0) { $0 &+ $1.size } }
  }

  let repository: DataRepository
  let others: [DataRepository]
  let options: Options

  /// - Parameter others: further projects that use the same cache.
  package init(
    _ repository: DataRepository, sharedWith others: [DataRepository], _ options: Options
  ) {
    self.repository = repository
    self.others = others
    self.options = options
  }

  /// - Throws: ``Failure``: `.conflict` when the cache lies outside of the project and no other project was named; whatever
  ///   keeps the history from being read, for what it names is not known then.
  package func plan() throws -> Plan {
    var named = NamedDigests()
    for project in [repository] + others { try readProject(project, &named) }
    let cache = repository.cache
    for digest in named.digests.sorted() {
      for family in [ObjectName.Family.md5, .legacy] {
        let path = cache.path(ObjectName(digest, isFolder: true, family: family))
        guard FileSystem.isFile(path) else { continue }
        // What a damaged listing says still counts.
        named.read(try FileSystem.read(path, limit: 1 << 34))
      }
    }
    return try sweep(keeping: named.digests)
  }

  private func readProject(_ project: DataRepository, _ named: inout NamedDigests) throws {
    var roots = [project.root]
    if let git = project.git {
      if options.keepsHistory {
        let commits = try git.namedCommits(logs: options.keepsLogs)
        for file in try git.files(inHistoryOf: commits, where: { PointerNames.isPointer($0) }) {
          named.read(try git.content(of: file))
        }
      }
      let staged = try git.stagedFiles { path in
        PointerNames.isPointer(path.split(separator: UInt8(ascii: "/")).last ?? [])
      }
      for file in staged { named.read(try git.content(of: file)) }
      roots += git.workTrees()
    }
    for root in roots.reduce(into: [FilePath](), { if !$0.contains($1) { $0.append($1) } }) {
      // Where one pointer cannot be read the data is looked through as well, which only takes longer.
      let tracked = Set((try? project.trackedPaths())?.map { project.root.pushing($0.path) } ?? [])
      try readFolder(root, except: tracked, depth: 0, &named)
    }
  }

  private func readFolder(
    _ folder: FilePath, except tracked: Set<FilePath>, depth: Int, _ named: inout NamedDigests
  ) throws {
    guard depth < FolderWalk.deepest else { return }
    for name in try PointerNames.list(folder) {
      let path = folder.appending(name.text)
      if name.isPointer {
        if FileSystem.isFile(path) { named.read(try FileSystem.read(path, limit: 1 << 30)) }
      } else if !tracked.contains(path),
        try FileSystem.linkStatus(path)?.kind == .directory
      {
        try readFolder(path, except: tracked, depth: depth + 1, &named)
      }
    }
  }

  /// What of a cache is to go.
  private func sweep(keeping named: Set<MD5Digest>) throws -> Plan {
    var plan = Plan()
    let now = Clock.milliseconds()
    let folders = ["files/md5", "", "reprise/extras", "reprise/sha256"]
    for top in folders {
      let folder =
        top.isEmpty ? repository.cache.folder : repository.cache.folder.pushing(FilePath(top))
      guard FileSystem.isDirectory(folder) else { continue }
      for part in try FileSystem.names(in: folder).sorted() {
        guard part.utf8.count == 2, part.utf8.allSatisfy({ isxdigit(Int32($0)) != 0 }) else {
          continue
        }
        for rest in try FileSystem.names(in: folder.appending(part)).sorted() {
          let key = (top.isEmpty ? "" : top + "/") + part + "/" + rest
          var s = stat()
          let path = repository.cache.folder.pushing(FilePath(key))
          guard path.withPlatformString({ lstat($0, &s) }) == 0, s.st_mode & S_IFMT == S_IFREG
          else { continue }
          let name = ObjectName(part + rest)
          let strong = top == "reprise/sha256" ? StrongDigest(hex: part + rest) : nil
          // Names that are none of an object's: unfinished files of DVC's go when they are old, all else stays.
          guard name != nil || strong != nil || rest.hasPrefix(".") && rest.hasSuffix(".tmp") else {
            continue
          }
          let halves = strong.map { [$0.halves.0, $0.halves.1] }
          if (halves ?? [name?.digest].compactMap { $0 }).contains(where: named.contains) {
            plan.kept += 1
            continue
          }
          let came = max(Self.milliseconds(s.st_mtim), Self.milliseconds(s.st_ctim))
          let (age, isOdd) = now.subtractingReportingOverflow(came)
          guard !isOdd, age >= options.grace else {
            plan.young += 1
            continue
          }
          plan.items.append(Item(key: key, size: Int64(s.st_size)))
        }
      }
    }
    let listings = plan.items.filter { $0.key.hasSuffix(".dir") }
    plan.items = listings + plan.items.filter { !$0.key.hasSuffix(".dir") }
    return plan
  }

  private static func milliseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1000 &+ Int64(time.tv_nsec) / 1_000_000
  }

  /// Looks again with everybody else kept out, and removes what nothing names.
  ///
  /// Killed at any moment, what was not removed yet is removed by the next.
  package func run(watch: FileWatch = FileWatch()) throws -> Plan {
    let lock = try repository.lock()
    let objects = try repository.cache.lock(exclusively: true)
    let plan = try plan()
    var emptied: Set<FilePath> = []
    for item in plan.items {
      if watch.isCancelled() {
        throw Failure(.interrupted, "interrupted; what is left is removed next time")
      }
      let path = repository.cache.folder.pushing(FilePath(item.key))
      try FileSystem.remove(path)
      emptied.insert(path.removingLastComponent())
      watch.progress(1, item.size)
    }
    for folder in emptied { _ = folder.withPlatformString { rmdir($0) } }
    objects.release()
    lock.release()
    return plan
  }
}
