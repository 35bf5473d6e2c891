import Platform

extension Repository {
  /// A file of the work tree that may differ from a commit's.
  package struct UnlikeFile: Sendable {
    /// From the top of the work tree.
    package var path: [UInt8]
    /// What the commit holds there; nil for nothing.
    package var old: TreeFile?
  }

  /// The files of the work tree that may not be as a revision has them: only their contents tell. Those that git ignores,
  /// that are gone, and what is in submodules are not among them. In the order of their paths' bytes.
  ///
  /// - Throws: ``Failure`` with `.notFound` for a revision that there is not.
  package func files(unlike revision: String) throws -> [UnlikeFile] {
    let index = try IndexFile(indexPath)
    let comparison = try HeadComparison(
      self, index, tree: try tree(ofCommit: try resolve(revision)))
    let scan = try scan(of: index)
    var gone: Set<[UInt8]> = []
    var found: [[UInt8]: TreeFile?] = [:]
    for (path, finding) in scan.findings {
      switch finding {
      case .missing, .submodule, .repository: gone.insert(path)
      case .untracked: found[path] = .some(nil)
      case .suspect:
        guard let entry = index.find(path).map({ index.entries[$0] }) else { continue }
        found[path] = TreeFile.Kind(index.mode(entry)).map {
          TreeFile(path: path, kind: $0, object: index.object(entry))
        }
      }
    }
    for (path, committed) in comparison.differences
    where !gone.contains(path) && (found[path] != nil || index.find(path) != nil) {
      let old = committed.flatMap { entry in
        TreeFile.Kind(entry.mode).map { TreeFile(path: path, kind: $0, object: entry.object) }
      }
      found[path] = .some(old)
    }
    return found.map { UnlikeFile(path: $0.key, old: $0.value) }
      .sorted { $0.path.lexicographicallyPrecedes($1.path) }
  }
}
