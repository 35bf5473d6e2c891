import Git
import Platform
import SystemPackage

/// Another repository, as one of its commits has it: a folder on this machine, or an address that git knows.
package struct DataOrigin {
  /// As it was typed.
  package let url: String
  /// The branch, tag or commit that was asked for; nil for the default one.
  package let revision: String?
  /// 40 hexadecimal digits.
  package let commit: String
  let git: Repository
  /// Where its own contents are, when it is on this machine.
  private let folder: FilePath?
  private let variables: [String: String]

  /// - Parameters:
  ///   - folders: what a relative path may start from; the first that holds a repository counts.
  ///   - mirrors: where repositories of other machines are kept.
  /// - Throws: ``Failure``: `.notFound`, `.unreachable`, `.permission`.
  package static func open(
    _ url: String, at revision: String?, from folders: [FilePath], mirrors: RepositoryCache,
    variables: [String: String]
  ) throws -> DataOrigin {
    let path = url.hasPrefix("file://") ? String(url.dropFirst(7)) : url
    if url.hasPrefix("file://") || !url.contains("://") {
      for base in folders {
        let full = try FileSystem.absolute(FilePath(path), in: base)
        guard let real = FileSystem.realPath(full), FileSystem.isDirectory(real),
          let git = try Repository.discover(from: real)
        else { continue }
        let commit = try git.resolve(revision ?? "HEAD")
        return DataOrigin(url, revision, commit, git, git.workTree ?? real, variables)
      }
      guard path.contains(":"), !url.hasPrefix("file://") else {
        throw Failure(.notFound, "there is no git repository at `\(url)`")
      }
    }
    let (git, commit) = try mirrors.mirror(of: url, version: revision)
    return DataOrigin(url, revision, commit, git, nil, variables)
  }

  private init(
    _ url: String, _ revision: String?, _ commit: String, _ git: Repository, _ folder: FilePath?,
    _ variables: [String: String]
  ) {
    self.url = url
    self.revision = revision
    self.commit = commit
    self.git = git
    self.folder = folder
    self.variables = variables
  }

  /// What was found at a path.
  package enum Content {
    /// Versioned data, or a part of it.
    case data(TrackedPath, below: FilePath, project: DataRepository)
    /// Files that git keeps itself, with paths from the one that was asked for; an empty one for a single file.
    case files([TreeFile])
  }

  /// Finds what a path of the repository holds.
  ///
  /// - Parameter path: from the top, with slashes.
  /// - Throws: ``Failure`` with `.notFound`.
  package func find(_ path: FilePath) throws -> Content {
    let path = FilePath(path.string).lexicallyNormalized()
    guard !path.isAbsolute, path.components.first?.kind == .regular else {
      throw Failure(.invalid, "`\(path)` is no path inside of a repository")
    }
    if let project = try project(holding: path) {
      var inner = path
      _ = inner.removePrefix(FilePath(String(decoding: project.folderInGit ?? [], as: UTF8.self)))
      let version = try DataVersion(project, at: commit)
      if let (tracked, below) = version.find(inner), tracked.output.isCached {
        return .data(tracked, below: below, project: project)
      }
    }
    let bytes = Array(path.string.utf8)
    if var file = try git.file(bytes, at: commit) {
      file.path = []
      return .files([file])
    }
    let files = try git.files(at: commit, in: bytes)
    guard !files.isEmpty else {
      throw Failure(
        .notFound,
        "`\(url)` has no `\(path)` at \(revision.map { "`\($0)`" } ?? String(commit.prefix(9)))",
        hint: try nearest(path))
    }
    return .files(files)
  }

  private func nearest(_ path: FilePath) throws -> String? {
    let all = try project(holding: path)?.trackedPaths(at: commit).map(\.path.string) ?? []
    return nearestName(to: path.string, among: all).map { "did you mean `\($0)`?" }
  }

  /// The project whose folder is the nearest above a path.
  private func project(holding path: FilePath) throws -> DataRepository? {
    var folder = path.removingLastComponent()
    while true {
      let inside = folder.appending(".dvc").appending("config")
      if let file = try git.file(Array(inside.string.utf8), at: commit) {
        return try project(at: folder, git.content(of: file))
      }
      guard !folder.isEmpty else { return nil }
      folder.removeLastComponent()
    }
  }

  private func project(at base: FilePath, _ config: [UInt8]) throws -> DataRepository {
    let root = (self.folder.flatMap(FileSystem.realPath) ?? "/").pushing(base)
    if folder != nil, FileSystem.isDirectory(root.appending(".dvc")) {
      // Its own settings of this machine lead to its cache and its remotes.
      return try DataRepository(root: root, variables: variables)
    }
    var settings = try DataSettings(ofUser: variables)
    try settings.read(
      String(decoding: config, as: UTF8.self), file: root.appending(".dvc").appending("config"))
    return DataRepository(
      root: root, settings: settings, cache: ObjectCache(root.pushing(".dvc/cache")), git: git,
      folderInGit: Array(base.string.utf8))
  }

  /// Brings the contents of an output into a cache: from the origin's own when it is on this machine, else from its remote.
  ///
  /// - Parameter below: only this part of a folder.
  func bring(
    _ output: PointerOutput, below: FilePath, of project: DataRepository, into cache: ObjectCache,
    watch: FileWatch
  ) throws {
    var output = output
    // Links and modes of the whole do not fit a part.
    if !below.isEmpty { output.extras = nil }
    func isThere() throws -> Bool {
      guard let object = output.object else { return true }
      guard object.isFolder else { return cache.contains(object) }
      guard cache.contains(object) else { return false }
      let part = try cache.listing(object).part(below)
      return part.entries.allSatisfy {
        cache.contains(ObjectName($0.digest, family: object.family))
      }
    }
    func fetch(_ store: any ObjectStore) throws -> DataTransfer.Result {
      let transfer = DataTransfer(cache: cache, store: store, watch: watch)
      guard !below.isEmpty, let object = output.object else { return try transfer.fetch([output]) }
      var result = try transfer.fetch([output], only: [])
      guard result.failures.isEmpty, cache.contains(object) else { return result }
      let part = try cache.listing(object).part(below)
      let names = part.entries.map { ObjectName($0.digest, family: object.family) }
      result.failures += try transfer.fetch([output], only: names).failures
      return result
    }
    if folder != nil, FileSystem.isDirectory(project.cache.folder) {
      // What is not there may still be in the remote.
      _ = try fetch(FolderStore(project.cache.folder))
    }
    guard try !isThere() else { return }
    let (store, _, _) = try project.store(output.remote, variables: variables)
    let result = try fetch(store)
    if var failure = result.failures.first {
      failure.details = Array(result.failures.dropFirst().prefix(20))
      throw failure
    }
  }
}
