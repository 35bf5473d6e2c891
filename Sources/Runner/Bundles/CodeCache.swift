import Git
import Platform
import SystemPackage

/// The code of runs that came in archives: `.reprise/cache/code/COMMIT`, a bare repository each, with those of its
/// submodules where a checkout looks for them.
///
/// A repository appears whole, by rename; what is there is whole.
package struct CodeCache: Sendable {
  /// `.reprise/cache/code`.
  private let folder: FilePath

  package init(in records: RecordsFolder) { folder = records.path.appending("cache/code") }

  /// Where the repository of a commit is; nil when there is none.
  func repository(of commit: String) -> FilePath? {
    guard BundleManifest.isCommit(commit) else { return nil }
    let path = folder.appending(commit)
    return FileSystem.isDirectory(path) ? path : nil
  }

  /// Makes a repository of the git bundles of an archive, whoever wrote them.
  ///
  /// - Parameters:
  ///   - code: the commit's own first.
  ///   - root: where the archive is unpacked.
  ///   - target: not there.
  /// - Throws: ``Failure`` when a bundle is damaged or is not what the commit asks for.
  static func open(
    _ code: [BundleManifest.Code], of root: FilePath, commit: String, into target: FilePath
  ) throws {
    guard let own = code.first, own.folder.isEmpty, own.commit == commit else {
      throw Failure(.corrupt, "the archive does not hold the commit \(commit) of its run")
    }
    func open(_ code: BundleManifest.Code, _ folder: FilePath) throws -> Repository {
      try Repository.openBundle(
        root.pushing(FilePath(code.member)), into: folder, boundary: code.boundary,
        expecting: code.commit, isStopped: { Task.isCancelled }
      ).repository
    }
    let repository = try open(own, target)
    // Which submodules there are the commits say, one floor at a time.
    var pending = Array(code.dropFirst())
    while !pending.isEmpty {
      let wanted = try repository.commitsToBundle(of: commit).filter { $0.repository == nil }
      let count = pending.count
      for submodule in wanted {
        guard
          let index = pending.firstIndex(where: {
            $0.commit == submodule.commit && $0.folder == submodule.path.string
          })
        else { continue }
        // The name is the commit's, and may try to lead out.
        guard let place = target.lexicallyResolving(submodule.directory) else {
          throw Failure(
            .corrupt,
            "the submodule `\(submodule.path)` is named so that it leads out of the repository")
        }
        _ = try open(pending.remove(at: index), place)
      }
      guard pending.count < count else {
        throw Failure(
          .corrupt,
          "the archive holds a submodule `\(pending[0].folder)` that its commit does not know")
      }
    }
  }

  /// Puts a repository that was opened in its place. One that lacks a submodule gives way to it.
  func put(_ made: FilePath, of commit: String, aside: FilePath) throws {
    let path = folder.appending(commit)
    try FileSystem.createDirectory(folder)
    if FileSystem.exists(path) {
      if try CodeCache.isWhole(path, commit) { return }
      try FileSystem.rename(path, to: aside)
    }
    try FileSystem.rename(made, to: path)
  }

  private static func isWhole(_ path: FilePath, _ commit: String) throws -> Bool {
    guard let repository = try? Repository.discover(from: path),
      let commits = try? repository.commitsToBundle(of: commit)
    else { return false }
    return commits.allSatisfy { $0.repository != nil }
  }

  /// Removes the code of commits that no run names.
  ///
  /// - Returns: how many commits went, or would go.
  @discardableResult
  package func sweep(keeping commits: Set<String>, dryRun: Bool = false) throws -> Int {
    guard FileSystem.isDirectory(folder) else { return 0 }
    let gone = try FileSystem.names(in: folder).filter {
      BundleManifest.isCommit($0) && !commits.contains($0)
    }
    if !dryRun { for name in gone { try FileSystem.removeTree(folder.appending(name)) } }
    return gone.count
  }
}
