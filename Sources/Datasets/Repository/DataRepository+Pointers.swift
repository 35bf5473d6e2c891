import Formats
import Git
import Glibc
import Platform
import SystemPackage

extension DataRepository {
  /// Every tracked path of the work tree, in the order of the paths' bytes.
  ///
  /// Folders that are tracked themselves are not looked into, nor `.git`, `.dvc`, `.reprise`, other projects, and what
  /// `.dvcignore` leaves out.
  package func trackedPaths() throws -> [TrackedPath] {
    var found: [TrackedPath] = []
    var patterns: [FolderPatterns] = []
    try collect(FilePath(), depth: 0, &patterns, &found)
    return found.sorted {
      $0.path.string.utf8.lexicographicallyPrecedes($1.path.string.utf8)
    }
  }

  private func collect(
    _ folder: FilePath, depth: Int, _ patterns: inout [FolderPatterns], _ found: inout [TrackedPath]
  ) throws {
    guard depth < FolderWalk.deepest else { return }
    let path = root.pushing(folder)
    let known = patterns.count
    defer { patterns.removeSubrange(known...) }
    if let own = try FolderPatterns(of: path, shown: folder) { patterns.append(own) }
    var folders: [FilePath] = []
    for name in try PointerNames.list(path) {
      let inner = folder.appending(name.text)
      if name.isPointer {
        guard FileSystem.isFile(root.pushing(inner)),
          !patterns.ignore(inner, isFolder: false)
        else { continue }
        found += try tracked(by: inner, FileSystem.read(root.pushing(inner)))
      } else {
        folders.append(inner)
      }
    }
    let tracked = Set(found.map(\.path))
    for inner in folders where !tracked.contains(inner) {
      let place = root.pushing(inner)
      guard try FileSystem.linkStatus(place)?.kind == .directory,
        !patterns.ignore(inner, isFolder: true),
        !FileSystem.isDirectory(place.appending(".dvc"))
      else { continue }
      try collect(inner, depth: depth + 1, &patterns, &found)
    }
  }

  /// The tracked paths that a pointer file names.
  ///
  /// - Parameters:
  ///   - file: from the project's root.
  ///   - bytes: of the file, in the work tree or in a commit.
  ///   - read: gives the bytes of another file from the project's root, nil when there is none: the stages of a
  ///     `dvc.lock` stand in the `dvc.yaml` beside it. The work tree's when not given.
  func tracked(
    by file: FilePath, _ bytes: [UInt8], read: ((FilePath) throws -> [UInt8]?)? = nil
  ) throws -> [TrackedPath] {
    let folder = file.removingLastComponent()
    let name = file.lastComponent?.string ?? ""
    do {
      if name == "dvc.lock" {
        let outputs = try LockFile.outputs(parsing: bytes)
        let stages = try outputs.isEmpty ? nil : stageFile(in: folder, read ?? readFile)
        return try outputs.compactMap { stage, output in
          let stage = try stages?.stage(stage) ?? StageFile.Stage()
          var output = output
          stage.complete(&output)
          return place(output, folder.pushing(FilePath(stage.folder)), file)
        }
      }
      let pointer = try Pointer(parsing: bytes)
      let base = folder.pushing(FilePath(pointer.workingFolder ?? "."))
      return pointer.outputs.compactMap { place($0, base, file) }
    } catch let error as ParseFailure {
      throw error.failure(in: file.string)
    }
  }

  private func readFile(_ path: FilePath) throws -> [UInt8]? {
    let path = root.pushing(path)
    return FileSystem.isFile(path) ? try FileSystem.read(path, limit: 1 << 30) : nil
  }

  private func stageFile(
    in folder: FilePath, _ read: (FilePath) throws -> [UInt8]?
  ) throws -> StageFile? {
    let file = folder.appending("dvc.yaml")
    guard let bytes = try read(file) else { return nil }
    return try StageFile(file, parsing: bytes) { try read(folder.pushing(FilePath($0))) }
  }

  private func place(
    _ output: PointerOutput, _ base: FilePath, _ file: FilePath
  ) -> TrackedPath? {
    // An address, or a path beyond the project, is none of our data.
    guard !output.path.contains("://") else { return nil }
    let path = root.pushing(base).pushing(FilePath(output.path))
    return relative(path).map { TrackedPath(pointer: file, path: $0, output: output) }
  }
}
