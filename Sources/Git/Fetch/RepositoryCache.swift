import CGit2
import Glibc
import Platform
import SystemPackage

/// Fetched repositories, kept as bare mirrors in a folder, one per address.
///
/// libgit2 1.5 cannot fetch a part of a repository's history; keeping it makes every fetch but the first cost only what
/// is new. A lock per address lets one process at a time fetch. A mirror appears whole or not at all, and one that a
/// killed process left behind is repaired or made again by the next.
package struct RepositoryCache: Sendable {
  /// Holds a folder and a lock file per address.
  package let folder: FilePath

  package init(_ folder: FilePath) { self.folder = folder }

  /// A commit that was found at a remote.
  struct Found {
    var mirror: FilePath
    var commit: ObjectID
    /// The branch that was asked for, or the default one; nil for a tag or a commit's name.
    var branch: String?
    var tag: String?
  }

  /// Fetches what is new and finds a version: a branch, a tag, or a commit's full or unique short name.
  ///
  /// - Parameter version: nil for the remote's default branch.
  func find(
    _ address: GitAddress, version: String?, report: ((FetchProgress) -> Void)?
  ) throws -> Found {
    try LibGit2.start()
    try FileSystem.createDirectory(folder)
    let name = address.folderName
    let lock = try FileLock(folder.appending(name + ".lock"))
    defer { withExtendedLifetime(lock) {} }
    let path = folder.appending(name)
    let half = folder.appending(name + ".new")
    try FileSystem.removeTree(half)
    if FileSystem.exists(path) {
      do {
        return try update(path, address, version, report)
      } catch let failure as Failure where failure.code == .corrupt || failure.code == .io {
        // The mirror is damaged, or its disk is: a new one shows which.
        try FileSystem.removeTree(path)
      }
    }
    var handle: OpaquePointer?
    try LibGit2.check(
      half.withPlatformString { git_repository_init(&handle, $0, 1) },
      "create a repository in `\(folder)`")
    git_repository_free(handle)
    do {
      _ = try update(half, address, nil, report, needsCommit: false)
      try FileSystem.rename(half, to: path)
    } catch {
      try? FileSystem.removeTree(half)
      throw error
    }
    return try update(path, address, version, report, isFresh: true)
  }
}

extension RepositoryCache {
  private func update(
    _ path: FilePath, _ address: GitAddress, _ version: String?,
    _ report: ((FetchProgress) -> Void)?, needsCommit: Bool = true, isFresh: Bool = false
  ) throws -> Found {
    try removeLeftovers(path)
    let mirror: Repository
    do { mirror = try Repository.open(path) } catch let failure as Failure {
      throw failure.code == .permission ? failure : Failure(.corrupt, failure.message)
    }
    // A commit's full name means the same for ever: nothing has to be asked.
    if let version, version.utf8.count == 40, let commit = mirror.commit(version) {
      return Found(mirror: path, commit: commit)
    }
    if isFresh, let found = try find(version, in: mirror, path) { return found }
    let connection = try RemoteConnection(address, into: mirror, report: report)
    let references = try connection.references()
    try drop(allBut: Set(references.map(\.name)), in: mirror)
    if references.contains(where: { $0.name.hasPrefix("refs/") }) {
      try connection.fetch(["+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"])
    }
    try noteHead(connection, references, in: mirror)
    if !needsCommit { return Found(mirror: path, commit: ObjectID(git_oid())) }
    if let found = try find(version, in: mirror, path) { return found }
    guard let version else {
      throw Failure(.notFound, "the repository `\(address.shown)` has no commit yet")
    }
    // Some hosts give a commit that no branch holds, when it is asked for by its full name.
    if version.isFullName,
      (try? connection.fetch(["\(version):refs/reprise/\(version)"])) != nil,
      let commit = mirror.commit(version)
    {
      return Found(mirror: path, commit: commit)
    }
    throw Failure(
      .notFound,
      "unable to checkout version `\(version)` of `\(address.shown)`: no such branch, tag or commit",
      hint: try mirror.nearestHint(version))
  }

  /// What a process that was killed left in a mirror that only we write to: we hold its lock.
  private func removeLeftovers(_ path: FilePath) throws {
    for file in ["HEAD.lock", "config.lock", "packed-refs.lock", "FETCH_HEAD.lock"] {
      try FileSystem.remove(path.appending(file))
    }
    try removeLocks(path.appending("refs"), depth: 0)
    let packs = path.appending("objects/pack")
    guard FileSystem.isDirectory(packs) else { return }
    for name in try FileSystem.names(in: packs)
    where !name.hasSuffix(".pack") && !name.hasSuffix(".idx") {
      try FileSystem.remove(packs.appending(name))
    }
  }

  private func removeLocks(_ folder: FilePath, depth: Int) throws {
    guard depth < 64, FileSystem.isDirectory(folder) else { return }
    for name in try FileSystem.names(in: folder) {
      let path = folder.appending(name)
      if try FileSystem.linkStatus(path)?.kind == .directory {
        try removeLocks(path, depth: depth + 1)
      } else if name.hasSuffix(".lock") {
        try FileSystem.remove(path)
      }
    }
  }

  /// Drops branches and tags that the remote no longer has, first of all: `a` may have become `a/b`.
  private func drop(allBut kept: Set<String>, in mirror: Repository) throws {
    var list = git_strarray()
    try LibGit2.check(git_reference_list(&list, mirror.handle), "list the branches and tags")
    defer { git_strarray_dispose(&list) }
    for place in 0..<list.count {
      guard let pointer = list.strings[place] else { continue }
      let name = String(cString: pointer)
      guard name.hasPrefix("refs/heads/") || name.hasPrefix("refs/tags/"), !kept.contains(name)
      else { continue }
      try LibGit2.check(git_reference_remove(mirror.handle, name), "drop `\(name)`")
    }
  }

  /// Keeps the remote's default branch as the mirror's HEAD.
  private func noteHead(
    _ connection: RemoteConnection, _ references: [RemoteConnection.Reference],
    in mirror: Repository
  ) throws {
    if let branch = connection.defaultBranch() {
      try LibGit2.check(git_repository_set_head(mirror.handle, branch), "note the default branch")
    } else if var id = references.first(where: { $0.name == "HEAD" })?.object.raw,
      git_repository_set_head_detached(mirror.handle, &id) == 0
    {
      return
    } else {
      // A remote without a HEAD that leads anywhere: the first branch by name is as good as any.
      let branches = references.map(\.name).filter { $0.hasPrefix("refs/heads/") }.sorted()
      let usual = ["refs/heads/main", "refs/heads/master"].first(where: branches.contains)
      guard let branch = usual ?? branches.first else { return }
      try LibGit2.check(git_repository_set_head(mirror.handle, branch), "note the default branch")
    }
  }

  /// A version among what the mirror has; nil when it is not there.
  private func find(_ version: String?, in mirror: Repository, _ path: FilePath) throws -> Found? {
    guard let version else {
      let head = try mirror.head()
      guard let hex = head.commit, let commit = mirror.commit(hex) else { return nil }
      return Found(mirror: path, commit: commit, branch: head.branch)
    }
    for prefix in ["refs/heads/", "refs/remotes/origin/"] {
      let name = version.hasPrefix(prefix) ? String(version.dropFirst(prefix.utf8.count)) : version
      if let commit = mirror.commit("refs/heads/" + name, isReference: true) {
        return Found(mirror: path, commit: commit, branch: name)
      }
    }
    let tag = version.hasPrefix("refs/tags/") ? String(version.dropFirst(10)) : version
    if let commit = mirror.commit("refs/tags/" + tag, isReference: true) {
      return Found(mirror: path, commit: commit, tag: tag)
    }
    let isHex = version.utf8.allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
    guard isHex, (4...40).contains(version.utf8.count) else { return nil }
    do {
      return mirror.commit(try mirror.resolve(version)).map { Found(mirror: path, commit: $0) }
    } catch let failure as Failure where failure.code == .notFound {
      return nil
    }
  }
}

extension Repository {
  /// The commit of a full name or a reference; nil when it is not there or no commit.
  fileprivate func commit(_ name: String, isReference: Bool = false) -> ObjectID? {
    var id = git_oid()
    let code =
      isReference
      ? git_reference_name_to_id(&id, handle, name) : git_oid_fromstr(&id, name)
    guard code == 0 else { return nil }
    var object: OpaquePointer?
    guard git_object_lookup(&object, handle, &id, GIT_OBJECT_ANY) == 0 else { return nil }
    defer { git_object_free(object) }
    var commit: OpaquePointer?
    guard git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0 else { return nil }
    defer { git_object_free(commit) }
    return git_object_id(commit).map { ObjectID($0.pointee) }
  }
}

extension String {
  /// Whether this is a commit's whole name.
  var isFullName: Bool { utf8.count == 40 && allSatisfy { $0.isHexDigit } }
}
