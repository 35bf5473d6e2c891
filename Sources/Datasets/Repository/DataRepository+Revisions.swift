import Git
import Platform
import SystemPackage

extension DataRepository {
  /// Every tracked path of a commit, in the order of the paths' bytes. The work tree and git's index are not looked at.
  ///
  /// - Throws: ``Failure`` with `.notFound` for a revision that there is not, and where there is no git.
  package func trackedPaths(at revision: String) throws -> [TrackedPath] {
    guard let git, let folderInGit else {
      throw Failure(.notFound, "`\(root)` is in no git repository, whose history is asked for")
    }
    var found: [TrackedPath] = []
    let files = try git.files(at: revision, in: folderInGit)
    for file in files {
      guard file.kind == .file || file.kind == .program,
        let text = String(validating: file.path, as: UTF8.self)
      else { continue }
      let path = FilePath(text)
      guard PointerNames.isPointer((path.lastComponent?.string ?? "").utf8) else { continue }
      found += try tracked(by: path, git.content(of: file)) { other in
        let other = Array(other.string.utf8)
        return try files.first { $0.path == other }.map(git.content)
      }
    }
    return found.sorted {
      $0.path.string.utf8.lexicographicallyPrecedes($1.path.string.utf8)
    }
  }
}
