import Platform
import SystemPackage

/// The hooks that run before anything is asked, in a copy of the template that they may change.
enum PromptHooks {
  /// The template as the hooks leave it; the template itself when it has none.
  static func run(_ source: TemplateSource, _ request: ScaffoldRequest) throws -> TemplateSource {
    guard try !HookScript.scripts(.prePrompt, in: source.folder).isEmpty else { return source }
    let copy = try RemovedFolder(prefix: "cookiecutter")
    let real = FileSystem.realPath(source.folder) ?? source.folder
    let folder = copy.path.appending(real.lastComponent?.string ?? "template")
    try copyFollowingLinks(real, to: folder, boundary: source.boundary, depth: 0)
    let runner = HookRunner(template: folder, variables: request.variables)
    for script in try HookScript.scripts(.prePrompt, in: folder) {
      do { try runner.run(script.path, in: folder) } catch var failure as Failure {
        failure.cause = failure.message
        failure.message = "Pre-Prompt Hook script failed"
        throw failure
      }
    }
    return TemplateSource(
      folderText: folder.string, folder: folder, boundary: source.boundary == nil ? nil : copy.path,
      origin: source.origin, address: source.address, temporary: copy)
  }

  private static func copyFollowingLinks(
    _ source: FilePath, to target: FilePath, boundary: FilePath?, depth: Int
  ) throws {
    guard depth < 128 else {
      throw Failure(.invalid, "the folders of the template are nested too deeply")
    }
    try FileSystem.createDirectory(target)
    for name in try FileSystem.components(in: source) {
      let path = source.appending(name)
      guard let status = try FileSystem.status(path) else { continue }
      if status.kind == .directory {
        try copyFollowingLinks(
          path, to: target.appending(name), boundary: boundary, depth: depth + 1)
      } else if status.kind == .file {
        try TemplateBoundary.check(path, boundary)
        try FileSystem.copyTree(FileSystem.realPath(path) ?? path, to: target.appending(name))
      }
    }
  }
}
