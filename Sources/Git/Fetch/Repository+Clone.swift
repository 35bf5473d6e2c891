import CGit2
import Glibc
import Platform
import SystemPackage

extension Repository {
  /// What was checked out.
  package struct Checkout: Sendable, Hashable {
    /// 40 hexadecimal digits.
    package var commit: String
    /// The branch that was asked for, or the remote's default one; nil for a tag or a commit's name.
    package var branch: String?
    /// The address without secrets, as it is recorded.
    package var url: String
  }

  /// Fetches a repository and checks one version of it out into a folder of its own, submodules included.
  ///
  /// The folder is a repository whose objects stay in the cache, so it is small and needs the cache to remain. It
  /// appears whole: a call that fails or is killed leaves nothing under its name. Content kept by git-lfs is not fetched;
  /// its pointer files are what is checked out.
  ///
  /// - Parameters:
  ///   - url: a path, `file://`, `https://`, `ssh://` or `git@host:path`.
  ///   - version: a branch, a tag, or a commit's full or unique short name; nil for the remote's default branch.
  ///   - folder: must not be there, or be empty.
  ///   - report: called now and then while objects arrive.
  /// - Throws: ``Failure``: `.unreachable` when the remote does not answer, `.permission` when it wants credentials,
  ///   `.notFound` when there is no repository or no such version, `.interrupted` when the task was cancelled.
  @discardableResult
  package static func clone(
    url: String, version: String? = nil, into folder: FilePath, cache: RepositoryCache,
    report: ((FetchProgress) -> Void)? = nil
  ) throws -> Checkout {
    let address = try GitAddress(url)
    let target = try FileSystem.absolute(folder)
    if FileSystem.exists(target) {
      guard FileSystem.isDirectory(target), try FileSystem.names(in: target).isEmpty else {
        throw Failure(.conflict, "cannot check out into `\(target)`: it is there already")
      }
    }
    let parent = target.removingLastComponent()
    try FileSystem.createDirectory(parent)
    try removeAbandoned(in: parent)
    let temporary = try TemporaryDirectory(prefix: ".checkout-\(getpid())-", in: parent)
    defer { withExtendedLifetime(temporary) {} }
    let work = temporary.path.appending("work")
    var clone = Cloning(cache: cache, report: report)
    let found = try clone.checkOut(address, version, into: work, depth: 0)
    try FileSystem.rename(work, to: target)
    return Checkout(commit: found.commit.hex, branch: found.branch, url: address.shown)
  }

  /// Half a checkout of a process that was killed.
  private static func removeAbandoned(in parent: FilePath) throws {
    for name in try FileSystem.names(in: parent) where name.hasPrefix(".checkout-") {
      guard let process = pid_t(name.dropFirst(10).prefix { $0 != "-" }), process > 0,
        kill(process, 0) != 0, errno == ESRCH
      else { continue }
      try FileSystem.removeTree(parent.appending(name))
    }
  }
}

/// One checkout with all its submodules.
private struct Cloning {
  let cache: RepositoryCache
  let report: ((FetchProgress) -> Void)?
  /// Addresses and commits above this one, so that a submodule of itself ends.
  var above: [String] = []

  mutating func checkOut(
    _ address: GitAddress, _ version: String?, into folder: FilePath, depth: Int
  ) throws -> RepositoryCache.Found {
    let found = try cache.find(address, version: version, report: report)
    let key = "\(found.commit.hex) \(address.url)"
    guard depth < 32, !above.contains(key) else {
      throw Failure(.invalid, "the submodules of `\(address.shown)` hold each other")
    }
    above.append(key)
    defer { above.removeLast() }
    let repository = try make(folder, address, found)
    try write(repository, found)
    for submodule in try repository.submodules() {
      try checkOut(submodule, of: address, in: folder, depth: depth)
    }
    return found
  }

  /// An empty repository that borrows the mirror's objects.
  private func make(
    _ folder: FilePath, _ address: GitAddress, _ found: RepositoryCache.Found
  ) throws -> Repository {
    var handle: OpaquePointer?
    try LibGit2.check(
      folder.withPlatformString { git_repository_init(&handle, $0, 0) },
      "create a repository in `\(folder)`")
    git_repository_free(handle)
    let objects = (FileSystem.realPath(found.mirror) ?? found.mirror).appending("objects")
    let info = folder.appending(".git/objects/info")
    try FileSystem.createDirectory(info)
    try FileSystem.write("\(objects)\n", to: info.appending("alternates"), durable: false)
    let repository = try Repository.open(folder)
    var remote: OpaquePointer?
    try LibGit2.check(
      git_remote_create(&remote, repository.handle, "origin", address.shown), "note the remote")
    git_remote_free(remote)
    return repository
  }

  /// Fills the work tree and points HEAD at the commit.
  private func write(_ repository: Repository, _ found: RepositoryCache.Found) throws {
    var id = found.commit.raw
    var object: OpaquePointer?
    try LibGit2.check(
      git_object_lookup(&object, repository.handle, &id, GIT_OBJECT_COMMIT),
      "read the commit \(found.commit.hex)")
    defer { git_object_free(object) }
    var options = git_checkout_options()
    git_checkout_options_init(&options, UInt32(GIT_CHECKOUT_OPTIONS_VERSION))
    options.checkout_strategy = GIT_CHECKOUT_FORCE.rawValue
    try LibGit2.check(
      git_checkout_tree(repository.handle, object, &options),
      "check out \(found.commit.hex)")
    if let branch = found.branch {
      try point("refs/heads/" + branch, repository, id)
      try point("refs/remotes/origin/" + branch, repository, id)
      try LibGit2.check(
        git_repository_set_head(repository.handle, "refs/heads/" + branch), "set HEAD")
    } else {
      if let tag = found.tag { try point("refs/tags/" + tag, repository, id) }
      try LibGit2.check(git_repository_set_head_detached(repository.handle, &id), "set HEAD")
    }
  }

  private func point(_ name: String, _ repository: Repository, _ id: git_oid) throws {
    var id = id
    var reference: OpaquePointer?
    try LibGit2.check(
      git_reference_create(&reference, repository.handle, name, &id, 1, nil), "create `\(name)`")
    git_reference_free(reference)
  }

  private mutating func checkOut(
    _ submodule: Submodule, of parent: GitAddress, in folder: FilePath, depth: Int
  ) throws {
    let address = try parent.resolving(submodule.url)
    // As git has it: what comes over the network must not make us read this machine's files.
    guard parent.isLocal || !address.isLocal else {
      throw Failure(
        .permission,
        "the submodule `\(submodule.path)` of `\(parent.shown)` names a folder of this machine: `\(address.shown)`"
      )
    }
    let place = try safePlace(submodule.path, in: folder)
    do {
      _ = try checkOut(address, submodule.commit.hex, into: place, depth: depth + 1)
    } catch var failure as Failure {
      failure.message = "submodule `\(submodule.path)`: " + failure.message
      throw failure
    }
  }

  /// Where a submodule goes: below the work tree, through folders only. A commit made by an enemy could name `..`, or
  /// bring a link where the folder should be.
  private func safePlace(_ path: String, in folder: FilePath) throws -> FilePath {
    var place = folder
    for step in path.split(separator: "/", omittingEmptySubsequences: false) {
      let isPlain = !step.isEmpty && step != "." && step != ".." && step.lowercased() != ".git"
      place.append(String(step))
      guard isPlain, try FileSystem.linkStatus(place)?.kind == .directory else {
        throw Failure(.invalid, "the submodule `\(path)` does not stand in a folder of its own")
      }
    }
    return place
  }
}
