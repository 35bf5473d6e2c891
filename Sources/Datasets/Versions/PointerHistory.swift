import Git
import Platform
import SystemPackage

/// An output, and what of a path is below its own.
struct NamedOutput {
  var output: PointerOutput
  var below: FilePath
}

/// The pointer files that may have named a path, commit by commit.
final class PointerHistory {
  let git: Repository
  private let repository: DataRepository
  private let path: FilePath
  /// Of files that may name the path: from the project's root, and from the top of git's tree.
  private let candidates: [(file: FilePath, inGit: [UInt8])]
  /// The project's root, from the top of git's tree.
  private let base: FilePath
  private var known: [String: [TreeFile]] = [:]

  init(_ repository: DataRepository, _ path: FilePath) throws {
    guard let git = repository.git, let top = git.workTree.flatMap(FileSystem.realPath) else {
      throw Failure(
        .notFound, "`\(repository.root)` is in no git repository, whose history is asked for")
    }
    self.git = git
    self.repository = repository
    self.path = path
    var base = repository.root
    _ = base.removePrefix(top)
    self.base = base
    var files: [FilePath] = []
    // The one that names it today may stand anywhere.
    for tracked in try repository.trackedPaths() where tracked.holds(path) {
      files.append(tracked.pointer)
    }
    var step = path
    while !step.isEmpty {
      files.append(FilePath(step.string + ".dvc"))
      step.removeLastComponent()
      // What a lock says of the same outputs changes when its stages work elsewhere.
      files += [step.appending("dvc.lock"), step.appending("dvc.yaml")]
    }
    candidates = files.reduce(into: []) { list, file in
      guard !list.contains(where: { $0.file == file }) else { return }
      list.append((file, Array(base.pushing(file).string.utf8)))
    }
  }

  private func inGit(_ file: FilePath) -> [UInt8] { Array(base.pushing(file).string.utf8) }

  func files(at commit: String) throws -> [TreeFile] {
    if let files = known[commit] { return files }
    let files = try candidates.compactMap { try git.file($0.inGit, at: commit) }
    known[commit] = files
    return files
  }

  func output(at commit: String) throws -> NamedOutput? {
    for file in try files(at: commit) {
      guard let place = candidates.first(where: { $0.inGit == file.path }),
        // A pointer that cannot be read names nothing.
        let tracked = try? repository.tracked(
          by: place.file, git.content(of: file),
          read: { [self] in try git.file(inGit($0), at: commit).map(git.content) }),
        let found = tracked.first(where: { $0.holds(path) })
      else { continue }
      var below = path
      _ = below.removePrefix(found.path)
      return NamedOutput(output: found.output, below: below)
    }
    return nil
  }
}
