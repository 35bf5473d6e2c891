import CGit2
import Platform
import SystemPackage

extension Repository {
  /// Gives paths to the index as `git add` does: what is there as it is now, what is gone as removed.
  ///
  /// - Parameter paths: of files, from the top of the work tree, with slashes.
  /// - Returns: those that git ignores and does not track, which are left out.
  /// - Throws: ``Failure`` with `.locked` while another program writes to it. Nothing is staged then.
  package func stage(_ paths: [[UInt8]]) throws -> [[UInt8]] {
    guard !paths.isEmpty, let workTree else { return [] }
    if try needsGitToWriteIndex { return try stageByGit(paths, workTree) }
    var ignored: [[UInt8]] = []
    try withIndex { index in
      for path in paths {
        let isThere = try FileSystem.linkStatus(workTree.pushing(FilePath(pathBytes: path))) != nil
        let isTracked = withPath(path[...]) { git_index_get_bypath(index, $0, 0) != nil }
        if isThere, !isTracked, try isIgnored(path) {
          ignored.append(path)
          continue
        }
        try withPath(path[...]) { name in
          if isThere {
            try LibGit2.check(git_index_add_bypath(index, name), "add a file to the index")
          } else if isTracked {
            try LibGit2.check(git_index_remove_bypath(index, name), "take a file out of the index")
          }
        }
      }
    }
    return ignored
  }

  private func stageByGit(_ paths: [[UInt8]], _ workTree: FilePath) throws -> [[UInt8]] {
    let index = try IndexFile(indexPath)
    let tracked = Set(index.entries.map { Array(index.name($0)) })
    let ignored = try paths.filter { path in
      guard !tracked.contains(path),
        try FileSystem.linkStatus(workTree.pushing(FilePath(pathBytes: path))) != nil
      else { return false }
      return try isIgnored(path)
    }
    try updateIndex(["--add", "--remove", "--stdin"], paths.filter { !ignored.contains($0) })
    return ignored
  }
}
