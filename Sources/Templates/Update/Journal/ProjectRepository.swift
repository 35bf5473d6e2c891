import Git
import Platform
import SystemPackage

/// The git repository that a project stands in.
enum ProjectRepository {
  /// The repository, and the bytes that lead from the top of its work tree to the project (`sub/folder/`, or none); nil when
  /// the project is in none, or in one that git may not use.
  static func find(_ project: FilePath) throws -> (Repository, prefix: [UInt8])? {
    guard let repository = try Repository.discover(from: project),
      let top = repository.workTree.flatMap(FileSystem.realPath),
      let real = FileSystem.realPath(project), real.starts(with: top)
    else { return nil }
    var prefix: [UInt8] = []
    for component in real.components.dropFirst(top.components.count) {
      prefix += component.platformBytes + [UInt8(ascii: "/")]
    }
    return (repository, prefix)
  }
}
