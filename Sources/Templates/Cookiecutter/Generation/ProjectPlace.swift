import Platform
import SystemPackage

/// Where a project goes, and what has been made on the way there.
final class ProjectPlace {
  let output: FilePath
  let target: FilePath
  /// Whether the project was there before.
  let isThere: Bool
  private var staging: StagingFolder?
  /// Folders above the project that we made, outermost first.
  private var made: [FilePath] = []
  private var ownsTarget = false

  /// - Parameter output: where the project's folder is made. A project without a name is the output folder itself, and made
  ///   beside it.
  init(output: FilePath, target: FilePath, isThere: Bool) {
    self.output = output == target && !isThere ? output.removingLastComponent() : output
    self.target = target
    self.isThere = isThere
  }

  func createOutput() throws { try create(output) }

  /// The empty project, for the hooks that run before it is filled.
  func createTarget() throws {
    guard !isThere else { return }
    try create(target.removingLastComponent())
    try FileSystem.createDirectory(target)
    ownsTarget = true
  }

  private func create(_ folder: FilePath) throws {
    guard try FileSystem.status(folder) == nil, !folder.removingLastComponent().isEmpty else {
      guard FileSystem.isDirectory(folder) else {
        throw Failure(.conflict, "`\(folder)` is not a folder")
      }
      return
    }
    try create(folder.removingLastComponent())
    try FileSystem.createDirectory(folder)
    made.append(folder)
  }

  /// The hidden folder to write to, with what hooks have put into the project so far.
  func stage() throws -> StagingFolder {
    let staging = try StagingFolder(in: output)
    self.staging = staging
    if ownsTarget, FileSystem.isDirectory(target) {
      try FileSystem.rename(target, to: staging.root)
      ownsTarget = false
    } else {
      try FileSystem.createDirectory(staging.root)
    }
    return staging
  }

  /// Moves what was staged to where it belongs.
  func unveil(_ project: RenderedProject) throws {
    guard let staging else { return }
    if isThere {
      try ProjectWriter(project: project).merge(staging.root, into: target)
    } else {
      try create(target.removingLastComponent())
      try FileSystem.rename(staging.root, to: target)
      ownsTarget = true
    }
    self.staging = nil
  }

  /// Removes what this run has made.
  func takeBack(keepsProject: Bool) throws {
    if keepsProject, !isThere, !ownsTarget, let staging, FileSystem.isDirectory(staging.root) {
      try? FileSystem.createDirectory(target.removingLastComponent())
      try? FileSystem.rename(staging.root, to: target)
      ownsTarget = true
    }
    staging = nil
    if keepsProject { return }
    if ownsTarget { try? FileSystem.removeTree(target) }
    for folder in made.reversed() where (try? FileSystem.names(in: folder)) == [] {
      try? FileSystem.remove(folder)
    }
  }
}
