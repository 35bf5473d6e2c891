import Glibc
import Platform
import SystemPackage

extension Repository {
  /// The files of the work tree that git knows or would: tracked ones that are there, and untracked ones that are not
  /// ignored; in the order of their paths' bytes. Nothing inside of submodules.
  ///
  /// - Throws: ``Failure`` with `.unsupported` for a bare repository.
  package func workTreeFiles() throws -> [[UInt8]] {
    let index = try IndexFile(indexPath)
    let scan = try scan(of: index)
    var missing: Set<[UInt8]> = []
    var paths: [[UInt8]] = []
    for (path, finding) in scan.findings {
      switch finding {
      case .missing, .submodule: missing.insert(path)
      case .untracked: paths.append(path)
      case .suspect, .repository: break
      }
    }
    for entry in index.entries
    where !entry.isSkipped && TreeFile.Kind(index.mode(entry)) != .submodule {
      let path = Array(index.name(entry))
      // The sides of a conflict are one path.
      if !missing.contains(path), paths.last != path { paths.append(path) }
    }
    return paths.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Where the work tree is not as an index has it.
  ///
  /// - Throws: ``Failure`` with `.unsupported` for a bare repository.
  func scan(of index: IndexFile) throws -> WorkTreeScan {
    guard let workTree else {
      throw Failure(.unsupported, "the repository `\(gitDirectory)` is bare: it has no work tree")
    }
    let root = workTree.withPlatformString { Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard root >= 0 else { throw Failure(errno: errno, "list", workTree) }
    defer { close(root) }
    return try WorkTreeScan(
      index: index, root: root, settings: scanSettings, excluded: [],
      ignoring: IgnoreFolder(root: ignoreRules(root)))
  }

  /// What the next commit would change: the files whose content or kind in the index is not that of HEAD. Deleted ones and
  /// submodules are not among them; of a conflict no side is.
  package func stagedChanges() throws -> [StagedFile] {
    let index = try IndexFile(indexPath)
    let head = try head().commit.map { try tree(ofCommit: $0) }
    let comparison = try HeadComparison(self, index, tree: head)
    var files: [StagedFile] = []
    for (path, committed) in comparison.differences {
      guard let entry = index.find(path).map({ index.entries[$0] }), entry.stage == 0,
        !entry.isIntentToAdd, let kind = TreeFile.Kind(index.mode(entry)), kind != .submodule
      else { continue }
      files.append(
        StagedFile(
          path: path, kind: kind, object: index.object(entry), committed: committed?.object))
    }
    return files.sorted { $0.path.lexicographicallyPrecedes($1.path) }
  }

  /// The paths of the index, in their order; of a conflict once.
  package func indexedPaths() throws -> [[UInt8]] {
    let index = try IndexFile(indexPath)
    var paths: [[UInt8]] = []
    for entry in index.entries {
      let path = Array(index.name(entry))
      if paths.last != path { paths.append(path) }
    }
    return paths
  }

  /// The bytes of an object of the index.
  package func content(of file: StagedFile) throws -> [UInt8] {
    try content(of: TreeFile(path: file.path, kind: file.kind, object: file.object))
  }

  /// The bytes that HEAD has in a file's place; nil for a new file.
  package func committedContent(of file: StagedFile) throws -> [UInt8]? {
    try file.committed.map {
      try content(of: TreeFile(path: file.path, kind: file.kind, object: $0))
    }
  }
}
