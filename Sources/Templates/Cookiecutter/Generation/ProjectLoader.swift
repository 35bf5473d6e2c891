import Platform
import SystemPackage

/// Finds what templates include: in the project's own folder, then in `templates` beside it.
struct ProjectLoader: TemplateLoader {
  /// The folder that becomes the project.
  var root: FilePath
  /// What links may not lead out of.
  var boundary: FilePath?

  func source(of name: String) throws(TemplateError) -> String? {
    let steps = name.utf8.split(separator: UInt8(ascii: "/")).map { String($0) ?? "" }
    guard !steps.contains(".."), !name.utf8.contains(0) else { return nil }
    let folders = [root, root.removingLastComponent().appending("templates")]
    for folder in folders {
      let path = steps.reduce(folder) { $1 == "." ? $0 : $0.appending($1) }
      guard FileSystem.isFile(path) else { continue }
      return try text(path, name)
    }
    return nil
  }

  private func text(_ path: FilePath, _ name: String) throws(TemplateError) -> String {
    do {
      try TemplateBoundary.check(path, boundary)
      return try FileSystem.readText(path)
    } catch {
      let failure = error as? Failure
      throw TemplateError("OSError", failure?.message ?? "\(error)", name: name)
    }
  }
}

/// Keeps a template that somebody else wrote from reading this machine's files through links.
enum TemplateBoundary {
  /// - Throws: ``Failure`` when a path leads out of the boundary.
  static func check(_ path: FilePath, _ boundary: FilePath?) throws {
    guard let boundary else { return }
    guard let real = FileSystem.realPath(path), let limit = FileSystem.realPath(boundary),
      real.starts(with: limit)
    else {
      throw Failure(
        .permission, "`\(path)` is a link that leads out of the template, and is not followed",
        hint: "clone the template yourself and give its folder, if you trust it")
    }
  }
}
