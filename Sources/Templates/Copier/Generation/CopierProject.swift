import Git
import Platform
import SystemPackage

/// What a copier template makes.
struct CopierProject: Sendable {
  var tree = RenderedTree()
  /// Folders, empty ones too, the outer before the inner.
  var folders: [TreePath] = []
  /// Permission bits of the template's files.
  var modes: [TreePath: UInt32] = [:]
  /// Files that are only made where there is none.
  var madeOnce: Set<TreePath> = []
}

/// Walks through a template and renders what it finds.
struct CopierTreeRenderer {
  private let generation: CopierGeneration
  private let top: FilePath
  private let root: FilePath
  private let context: TemplateContext
  private let answersPath: String
  private let excluded: PathPatterns
  private let once: PathPatterns
  private let suffix: String
  private var project = CopierProject()

  /// Everything that a template makes with its answers.
  static func project(_ generation: CopierGeneration) throws -> CopierProject {
    var renderer = try CopierTreeRenderer(generation)
    try renderer.walk([], depth: 0)
    return renderer.project
  }

  private init(_ generation: CopierGeneration) throws {
    self.generation = generation
    let template = generation.template.top
    top = FileSystem.realPath(template) ?? template
    context = generation.context(phase: "render")
    let folder = try generation.rendered("subdirectory") ?? ""
    let place = top.pushing(FilePath(folder)).lexicallyNormalized()
    root = FileSystem.realPath(place) ?? place
    guard root.starts(with: top) else {
      throw Failure(.invalid, "`_subdirectory` leads out of the template: `\(folder)`")
    }
    guard FileSystem.isDirectory(root) else {
      throw Failure(.notFound, "the template has no folder `\(folder)`, its `_subdirectory`")
    }
    answersPath = try generation.answersPath()
    let operation = generation.context(
      phase: "render", extra: [("_copier_operation", .text("copy"))])
    excluded = PathPatterns(
      try generation.configuration.exclusions.flatMap { pattern in
        try generation.engine.text(pattern, operation, what: "`_exclude`")
          .split(whereSeparator: \.isNewline).map(String.init)
      })
    let plain = generation.context(phase: "render")
    once = PathPatterns(
      try generation.configuration.texts("skip_if_exists").map {
        try generation.engine.text($0, plain, what: "`_skip_if_exists`")
      })
    suffix = generation.configuration.suffix
  }

  private mutating func walk(_ steps: [String], depth: Int) throws {
    guard depth < 128 else {
      throw Failure(.unsupported, "the folders of the template are nested too deeply")
    }
    let folder = root.pushing(FilePath(steps.joined(separator: "/")))
    for component in try FileSystem.components(in: folder) {
      guard let name = String(validating: component.platformBytes, as: UTF8.self) else {
        throw Failure(.unsupported, "the name of `\(folder.appending(component))` is not UTF-8")
      }
      // A clone's own folder; copier's clone has one too, and leaves it out by its exclusions or not at all.
      if steps.isEmpty, name == ".git" { continue }
      let inner = steps + [name]
      let place = folder.appending(name)
      let isLink = try FileSystem.linkStatus(place)?.kind == .link
      let keepsLink = isLink && generation.configuration.preservesLinks
      if isLink, !keepsLink {
        guard let real = FileSystem.realPath(place) else {
          throw Failure(.invalid, "the link `\(inner.joined(separator: "/"))` leads nowhere")
        }
        guard real.starts(with: top) else {
          throw Failure(
            .invalid, "the link `\(inner.joined(separator: "/"))` leads out of the template")
        }
      }
      let isFolder = !keepsLink && FileSystem.isDirectory(place)
      for (path, extra) in try CopierPath(inner, isFolder, generation, self.names).rendered() {
        try add(path, extra, place: place, isFolder: isFolder, keepsLink: keepsLink)
      }
      if isFolder { try walk(inner, depth: depth + 1) }
    }
  }

  private var names: CopierPath.Names {
    CopierPath.Names(root: root, top: top, suffix: suffix, answers: answersPath, context: context)
  }

  private mutating func add(
    _ text: String, _ extra: [(String, ContextValue)], place: FilePath, isFolder: Bool,
    keepsLink: Bool
  ) throws {
    let steps = text.split(separator: "/").filter { $0 != "." }
    guard !text.hasPrefix("/"), !steps.contains(".."),
      let path = TreePath(steps.joined(separator: "/"))
    else {
      throw Failure(
        .invalid, "`\(relative(place))` becomes `\(text)`, which leads out of the project")
    }
    if excluded.matches(path.bytes) { return }
    for folder in path.folders where project.tree[folder] != nil {
      throw Failure(.conflict, "`\(folder)` is a file and a folder of the project at once")
    }
    if isFolder {
      project.folders.append(path)
      return
    }
    let file = keepsLink ? try link(place) : try content(place, extra)
    project.tree[path] = file
    project.modes[path] = try FileSystem.status(place)?.mode
    if once.matches(path.bytes) { project.madeOnce.insert(path) }
  }

  private func relative(_ place: FilePath) -> String {
    place.components.dropFirst(top.components.count).map(\.string).joined(separator: "/")
  }

  private func link(_ place: FilePath) throws -> RenderedFile {
    guard var file = try RenderedFile(reading: place) else {
      throw Failure(.io, "`\(relative(place))` changed while it was read")
    }
    guard let name = place.lastComponent?.string, name.hasSuffix(suffix) else { return file }
    let target = try generation.engine.text(
      String(decoding: file.content, as: UTF8.self), context, what: "the link `\(relative(place))`")
    file.content = Array(target.utf8)
    return file
  }

  private func content(
    _ place: FilePath, _ extra: [(String, ContextValue)]
  ) throws -> RenderedFile {
    let status = try FileSystem.status(place)
    let kind: RenderedFile.Kind = status.map { $0.mode & 0o100 != 0 } == true ? .program : .file
    guard place.lastComponent?.string.hasSuffix(suffix) == true else {
      return RenderedFile(try FileSystem.read(place), kind: kind)
    }
    let name = relative(place)
    do throws(TemplateError) {
      let template = try generation.engine.environment.template(named: name)
      guard !extra.isEmpty else {
        return RenderedFile(try template.render(context), kind: kind)
      }
      var context = context
      for (name, value) in extra { context.set(Text(name), value) }
      return RenderedFile(try template.render(context), kind: kind)
    } catch {
      // With an empty suffix every file is a template, pictures too.
      if error.exception == "UnicodeDecodeError", suffix.isEmpty {
        return RenderedFile(try FileSystem.read(place), kind: kind)
      }
      throw Failure(
        .invalid, "\(error.exception): \(error.message)",
        at: SourceLocation(file: error.name ?? name, line: error.line, column: error.column))
    }
  }
}
