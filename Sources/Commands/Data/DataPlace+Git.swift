import Datasets
import Formats
import Git
import Platform
import SystemPackage

extension DataPlace {
  /// Gives files to git when `core.autostage` says so; otherwise, and when that cannot be done, says which to give.
  ///
  /// - Parameter unchanged: files that say nothing new, but may not be in git yet: those are given to it, and not named.
  func noteGit(
    _ files: [FilePath], unchanged: [FilePath] = [], in repository: DataRepository
  ) {
    guard let git = repository.git, let top = git.workTree.flatMap(FileSystem.realPath) else {
      return
    }
    var files = files
    var reason: Failure?
    if repository.settings.stagesPointers {
      do {
        files = try stage(files + unchanged, git, top, in: repository)
      } catch {
        reason = error as? Failure
      }
    }
    // What went is told to git only when git knew it.
    files = files.filter { file in
      let path = repository.root.pushing(file)
      guard !FileSystem.exists(path), let below = Self.inGit(path, top) else { return true }
      return (try? git.firstTracked(below)) != nil
    }
    guard !files.isEmpty else { return }
    if let reason { console.note("not staged: \(reason.message)") }
    let folder =
      repository.root == FileSystem.realPath(place.folder) ? "" : "-C \(repository.root) "
    let names = Set(files.map { ShellWord.quoted($0.string) }).sorted().joined(separator: " ")
    console.note("next: git \(folder)add \(names)")
  }

  /// - Returns: files that git ignores.
  private func stage(
    _ files: [FilePath], _ git: Repository, _ top: FilePath, in repository: DataRepository
  ) throws -> [FilePath] {
    var seen: Set<FilePath> = []
    let files = try files.flatMap { file in
      // Of the project's own folder git keeps these.
      guard FileSystem.isDirectory(repository.root.pushing(file)) else { return [file] }
      return try FileSystem.names(in: repository.root.pushing(file)).sorted()
        .map { file.appending($0) }
        .filter { FileSystem.isFile(repository.root.pushing($0)) }
    }.filter { seen.insert($0).inserted }
    var byPath: [[UInt8]: FilePath] = [:]
    for file in files {
      if let path = Self.inGit(repository.root.pushing(file), top) { byPath[path] = file }
    }
    let ignored = try git.stage(byPath.keys.sorted { $0.lexicographicallyPrecedes($1) })
    return ignored.compactMap { byPath[$0] }.filter { $0.extension == "dvc" }
  }

  private static func inGit(_ path: FilePath, _ top: FilePath) -> [UInt8]? {
    var below = path
    return below.removePrefix(top) ? Array(below.string.utf8) : nil
  }
}
