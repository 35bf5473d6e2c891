import Git
import Platform
import Synchronization
import SystemPackage

/// The repository that hooks are run for: what they read, and the folder they are run in, which is made when the first of them
/// needs it.
package final class HookWorkplace {
  let git: Repository
  /// The user's own work tree, links resolved.
  let top: FilePath
  /// What the index holds.
  package let files: [TreeFile]
  private(set) var snapshot: HookSnapshot?
  private lazy var places: [String: Int] = {
    var places: [String: Int] = [:]
    for (place, file) in files.enumerated() {
      places[String(decoding: file.path, as: UTF8.self)] = place
    }
    return places
  }()

  /// - Throws: ``Failure`` with `.conflict` in an unfinished merge, `.unsupported` in a bare repository.
  package init(_ git: Repository) throws {
    guard let top = git.workTree.flatMap(FileSystem.realPath) else {
      throw Failure(.unsupported, "the repository `\(git.gitDirectory)` is bare: it has no index")
    }
    self.git = git
    self.top = top
    files = try git.snapshotFiles()
  }

  /// The configuration as it would be committed, else as it lies on disk; nil without one.
  package func configuration() throws -> [UInt8]? {
    if let place = places[PreCommitConfig.fileName] { return try git.content(of: files[place]) }
    let path = top.appending(PreCommitConfig.fileName)
    return FileSystem.isFile(path) ? try FileSystem.read(path, limit: 1 << 24) : nil
  }

  /// The bytes of a file as hooks see it now.
  package func read(_ path: String) throws -> [UInt8] {
    guard let place = places[path] else {
      return try FileSystem.read(FileSystem.absolute(FilePath(path), in: top), limit: 1 << 30)
    }
    guard let snapshot else { return try git.content(of: files[place]) }
    return try FileSystem.read(snapshot.tree.pushing(FilePath(path)), limit: 1 << 30)
  }

  /// Whether the index holds a path.
  func isTracked(_ path: String) -> Bool { places[path] != nil }

  /// The folder to run in.
  func open() async throws -> HookSnapshot {
    if let snapshot { return snapshot }
    let stopped = Atomic<Bool>(false)
    let made = try await withTaskCancellationHandler {
      try HookSnapshot(
        git, files, name: top.lastComponent?.string ?? "project",
        isStopped: { stopped.load(ordering: .relaxed) })
    } onCancel: {
      stopped.store(true, ordering: .relaxed)
    }
    snapshot = made
    return made
  }
}
