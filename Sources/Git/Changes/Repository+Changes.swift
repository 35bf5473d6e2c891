import CGit2
import Glibc
import Platform
import SystemPackage

extension Repository {
  /// What the work tree holds beyond HEAD, as a patch that could be applied to a clean checkout.
  ///
  /// Nothing in the repository is written, its index included. The cost is one `lstat` for each file, and one read for
  /// each that its times do not vouch for. Untracked files that are not ignored are part of the patch; submodules and
  /// folders with a repository of their own are listed, never entered.
  ///
  /// - Parameters:
  ///   - excluding: paths relative to the work tree that are passed over with all that is under them.
  /// - Throws: ``Failure`` with `.unsupported` for a bare repository, and for an index that is split or of an unknown
  ///   version: then nothing can be said of the changes.
  package func changes(
    limits: ChangeLimits = ChangeLimits(), excluding: [FilePath] = [".reprise"]
  ) throws -> WorkTreeChanges {
    guard let workTree else {
      throw Failure(.unsupported, "the repository `\(gitDirectory)` is bare: it has no work tree")
    }
    let excluded = excluding.map { $0.pathBytes }.filter { !$0.isEmpty }
    let root = workTree.withPlatformString { Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard root >= 0 else { throw Failure(errno: errno, "list", workTree) }
    defer { close(root) }
    let index = try IndexFile(indexPath)
    if index.isBeyondLibGit2 { hideIndexFromLibGit2() }
    let settings = scanSettings
    let scan = try WorkTreeScan(
      index: index, root: root, settings: settings, excluded: excluded,
      ignoring: IgnoreFolder(root: ignoreRules(root)))
    let head = try head().commit.map { try tree(ofCommit: $0) }
    let comparison = try HeadComparison(self, index, tree: head)
    if scan.findings.isEmpty, comparison.differences.isEmpty {
      return WorkTreeChanges(isDirty: false, patch: [], files: [], leftOut: [])
    }
    var findings: [[UInt8]: WorkTreeScan.Finding] = [:]
    for finding in scan.findings { findings[finding.path] = finding.finding }
    var paths = Set(findings.keys)
    for path in comparison.differences.keys where !isExcluded(path, excluded) { paths.insert(path) }
    let reader = WorkTreeReader(
      repository: self, root: root, settings: settings, limit: limits.file.bytes)
    var collector = ChangeCollector(self, index, reader, limits)
    for path in paths.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      try collector.add(path, findings[path], staged: comparison.differences[path])
    }
    return collector.finish()
  }

  /// Attributes are looked up in the index too; with one that it cannot read, libgit2 would find none at all.
  private func hideIndexFromLibGit2() {
    var empty: OpaquePointer?
    guard git_index_new(&empty) == 0 else { return }
    git_repository_set_index(handle, empty)
    git_index_free(empty)
  }

  private func isExcluded(_ path: [UInt8], _ excluded: [[UInt8]]) -> Bool {
    excluded.contains {
      path.starts(with: $0) && (path.count == $0.count || path[$0.count] == UInt8(ascii: "/"))
    }
  }

  var scanSettings: WorkTreeScan.Settings {
    WorkTreeScan.Settings(
      trustsModes: settings.bool("core.filemode") ?? true,
      trustsChangeTime: settings.bool("core.trustctime") ?? true,
      isMinimal: settings.string("core.checkstat")?.lowercased() == "minimal",
      hasLinks: settings.bool("core.symlinks") ?? true)
  }

  /// The user's ignore file, the repository's own, and the way to read those of the folders.
  func ignoreRules(_ root: Int32) -> IgnoreFolder.Shared {
    func rules(_ path: FilePath?) -> IgnoreRules {
      IgnoreRules(parsing: path.flatMap { try? FileSystem.read($0, limit: 1 << 24) } ?? [])
    }
    let user = settings.path("core.excludesfile") ?? defaultIgnoreFile
    return IgnoreFolder.Shared(
      rules: [rules(user), rules(commonDirectory.appending("info/exclude"))]
    ) { folder in
      let file = folder + Array(".gitignore".utf8)
      // git does not follow a link here either.
      let descriptor = withPath(file[...]) {
        openat(root, $0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
      }
      guard descriptor >= 0 else { return nil }
      defer { close(descriptor) }
      var status = stat()
      guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
        status.st_size <= 1 << 24
      else { return nil }
      var bytes: [UInt8] = []
      var chunk = [UInt8](repeating: 0, count: 1 << 14)
      while case let count = read(descriptor, &chunk, chunk.count), count > 0 {
        bytes.append(contentsOf: chunk[..<count])
      }
      return IgnoreRules(parsing: bytes)
    }
  }

  private var defaultIgnoreFile: FilePath? {
    if let folder = getenv("XDG_CONFIG_HOME"), folder.pointee != 0 {
      return FilePath(platformString: folder).appending("git/ignore")
    }
    return getenv("HOME").map { FilePath(platformString: $0).appending(".config/git/ignore") }
  }
}
