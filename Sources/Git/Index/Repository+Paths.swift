import CGit2
import Platform
import SystemPackage

extension Repository {
  /// Whether git leaves a path out by its ignore files. What is ignored may be tracked all the same.
  ///
  /// - Parameter path: from the top of the work tree, with slashes; one that ends in a slash is a folder's.
  package func isIgnored(_ path: [UInt8]) throws -> Bool {
    var result: Int32 = 0
    _ = try withPath(path[...]) {
      try LibGit2.check(git_ignore_path_is_ignored(&result, handle, $0), "read the ignore files")
    }
    return result == 1
  }

  /// The first path that the index holds at or below a path; nil when it holds none.
  package func firstTracked(_ path: [UInt8]) throws -> [UInt8]? {
    guard FileSystem.exists(indexPath) else { return nil }
    let index = try IndexFile(indexPath)
    let slash = UInt8(ascii: "/")
    for entry in index.entries {
      let name = index.name(entry)
      guard name.starts(with: path) else { continue }
      if name.count == path.count || path.isEmpty || name[name.startIndex + path.count] == slash {
        return Array(name)
      }
    }
    return nil
  }
}
