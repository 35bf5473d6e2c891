import CGit2
import Glibc
import Platform
import SystemPackage

/// A git repository on this machine: one handle of libgit2's, used from one thread at a time.
package final class Repository {
  let handle: OpaquePointer
  /// The folder that holds HEAD: `.git`, or `.git/worktrees/NAME` in a linked work tree.
  package let gitDirectory: FilePath
  /// The folder that is checked out, links resolved; nil in a bare repository.
  package let workTree: FilePath?
  /// The folder shared by all linked work trees: `.git`.
  let commonDirectory: FilePath
  /// Where the index is; `$GIT_INDEX_FILE` when the environment named this repository.
  let indexPath: FilePath
  lazy var settings = RepositorySettings(self)

  init(handle: OpaquePointer, fromEnvironment: Bool = false) {
    self.handle = handle
    gitDirectory = FilePath(platformString: git_repository_path(handle))
    commonDirectory = FilePath(platformString: git_repository_commondir(handle))
    workTree = git_repository_workdir(handle).map { FilePath(platformString: $0) }
    if fromEnvironment, let path = getenv("GIT_INDEX_FILE"), path.pointee != 0 {
      indexPath = FilePath(platformString: path)
    } else {
      indexPath = Self.ownIndex(in: gitDirectory) ?? gitDirectory.appending("index")
    }
  }

  /// The index that `git commit -a` and `git commit PATH` have hooks look at, when it is this repository's: git names it
  /// alone then, without `$GIT_DIR`.
  private static func ownIndex(in directory: FilePath) -> FilePath? {
    guard getenv("GIT_DIR") == nil, let name = getenv("GIT_INDEX_FILE"), name.pointee != 0,
      let path = try? FileSystem.absolute(FilePath(platformString: name)),
      let folder = FileSystem.realPath(path.removingLastComponent()),
      folder == FileSystem.realPath(directory)
    else { return nil }
    return path
  }

  deinit { git_repository_free(handle) }

  /// The repository that a folder is in; nil when it is in none.
  ///
  /// Bare repositories, linked work trees and submodules are found as git finds them. `$GIT_DIR` (a hook sets it) counts
  /// only when the work tree it names holds the folder: another project that is run from a hook is not mistaken.
  ///
  /// - Throws: ``Failure`` with `.permission` when the repository belongs to somebody else and is not declared safe,
  ///   `.unsupported` for one of a format that libgit2 does not read (SHA-256 names).
  package static func discover(from folder: FilePath) throws -> Repository? {
    guard mayBeInside(folder) else { return nil }
    try LibGit2.start()
    if let repository = try? openFromEnvironment(),
      let workTree = repository.workTree.flatMap(FileSystem.realPath),
      let real = FileSystem.realPath(folder), real.starts(with: workTree)
    {
      return repository
    }
    var handle: OpaquePointer?
    let ceilings = getenv("GIT_CEILING_DIRECTORIES")
    let code = folder.withPlatformString { git_repository_open_ext(&handle, $0, 0, ceilings) }
    if code == 0, let handle { return Repository(handle: handle) }
    return try refused(code, folder) { try discover(from: folder) }
  }

  /// Whether anything above a folder looks like a repository; without, libgit2 need not be there.
  private static func mayBeInside(_ folder: FilePath) -> Bool {
    guard getenv("GIT_DIR") == nil, var place = FileSystem.realPath(folder) else { return true }
    repeat {
      // A bare repository has HEAD in its folder.
      for name in [".git", "HEAD"] as [FilePath.Component]
      where FileSystem.exists(place.appending(name)) {
        return true
      }
    } while place.removeLastComponent()
    return false
  }

  /// Opens the repository that is exactly at a path, its `.git` or bare folder included.
  static func open(_ path: FilePath) throws -> Repository {
    try LibGit2.start()
    var handle: OpaquePointer?
    let flags = GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue
    let code = path.withPlatformString { git_repository_open_ext(&handle, $0, flags, nil) }
    if code == 0, let handle { return Repository(handle: handle) }
    if let repository = try refused(code, path, again: { try open(path) }) { return repository }
    throw Failure(.notFound, "`\(path)` is not a git repository")
  }

  /// The repository of `$GIT_DIR`, with the work tree of `$GIT_WORK_TREE`, which libgit2's own way does not know.
  private static func openFromEnvironment() throws -> Repository? {
    guard let directory = getenv("GIT_DIR"), directory.pointee != 0 else { return nil }
    var handle: OpaquePointer?
    let flags = GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue
    try LibGit2.check(
      git_repository_open_ext(&handle, directory, flags, nil), "open the repository of `GIT_DIR`")
    if let workTree = getenv("GIT_WORK_TREE"), workTree.pointee != 0,
      git_repository_set_workdir(handle, workTree, 0) != 0
    {
      git_repository_free(handle)
      throw LibGit2.failure(-1, "use the work tree of `GIT_WORK_TREE`")
    }
    return handle.map { Repository(handle: $0, fromEnvironment: true) }
  }

  /// Nil when there is no repository; a failure with advice when there is one that may not or cannot be read.
  ///
  /// - Parameter again: opens it once more, when the owner does not matter after all.
  private static func refused(
    _ code: Int32, _ folder: FilePath, again: () throws -> Repository?
  ) throws -> Repository? {
    let (message, _) = LibGit2.lastError()
    // libgit2 1.5.1 says -3 "config value 'safe.directory' was not found" when there is no such setting at all.
    if code == GIT_EOWNER.rawValue || message.contains("safe.directory") {
      if LibGit2.trustsEveryOwner() { return try again() }
      let owned = owner(above: folder)
      throw Failure(
        .permission,
        "dubious ownership of the repository at `\(owned)`: it belongs to another user",
        hint: "git config --global --add safe.directory \(owned)")
    }
    if code == GIT_ENOTFOUND.rawValue { return nil }
    let text = message.lowercased()
    if text.contains("objectformat") || text.contains("object format") {
      throw Failure(
        .unsupported,
        "the repository at `\(folder)` names its objects by SHA-256, which is not supported",
        hint: "use a repository made with `git init --object-format=sha1`")
    }
    if text.contains("unsupported extension") || text.contains("repository version") {
      throw Failure(
        .unsupported, "the repository at `\(folder)` has a format that is not supported",
        cause: message)
    }
    throw LibGit2.failure(code, "open the git repository at `\(folder)`")
  }

  /// The nearest folder at or above one that has a `.git`: what `safe.directory` must name.
  private static func owner(above folder: FilePath) -> FilePath {
    guard let real = FileSystem.realPath(folder) else { return folder }
    var candidate = real
    while true {
      if FileSystem.exists(candidate.appending(".git")) { return candidate }
      if FileSystem.isFile(candidate.appending("HEAD")) { return candidate }
      guard candidate.removeLastComponent() else { return real }
    }
  }
}
