import Glibc
import Platform
import Synchronization
import SystemPackage

/// The files of a template, in the order in which cookiecutter walks over them.
struct SourceTree {
  let root: FilePath
  let boundary: FilePath?
  /// What is copied and not rendered.
  let patterns: [String]

  struct Step {
    enum Kind {
      case folder, copiedFolder
      case file(Content)
    }

    /// Below the root, not rendered.
    var path: String
    var kind: Kind
  }

  enum Content {
    case copied(mode: UInt32)
    case binary(mode: UInt32)
    case link(FilePath)
    /// A place in ``Contents/texts``.
    case text(Int)
  }

  /// A file that is rendered.
  struct TextFile: Sendable {
    var template: LateTemplate
    var lineEnd: [UInt8]
    var mode: UInt32
  }

  struct Contents {
    var steps: [Step]
    var texts: [TextFile]
    var mutatesContext: Bool
  }

  /// Walks and reads everything; a template that does not parse fails when it is reached.
  func read(_ engine: ScaffoldEngine, _ isCancelled: @escaping @Sendable () -> Bool) throws
    -> Contents
  {
    var walk = Walk(tree: self)
    try walk.visit([], folder: root, depth: 0)
    let files = walk.files
    let board = Mutex<[Result<Read, any Error>?]>(Array(repeating: nil, count: files.count))
    ParallelWork.each(files.count) { index in
      guard !isCancelled() else { return }
      let result = Result { try Self.read(files[index], engine) }
      board.withLock { $0[index] = result }
    }
    if isCancelled() { throw Failure(.interrupted, "interrupted; nothing was written") }
    var texts: [TextFile] = []
    var mutates = false
    var steps = walk.steps
    for (index, result) in board.withLock({ $0 }).enumerated() {
      guard let read = try result?.get() else { continue }
      guard let text = read.text else {
        steps[files[index].step].kind = .file(.binary(mode: read.mode))
        continue
      }
      steps[files[index].step].kind = .file(.text(texts.count))
      mutates = mutates || read.mutatesContext
      texts.append(text)
    }
    let included = root.removingLastComponent().appending("templates")
    if !mutates, FileSystem.isDirectory(included) {
      mutates = try Self.mayMutate(included, engine, depth: 0)
    }
    if !mutates { mutates = Self.namesMutate(steps, engine) }
    return Contents(steps: steps, texts: texts, mutatesContext: mutates)
  }

  private struct Read: Sendable {
    var text: TextFile?
    var mutatesContext = false
    var mode: UInt32
  }

  private static func read(_ file: Walk.File, _ engine: ScaffoldEngine) throws -> Read {
    guard !FileKind.hasBinaryExtension(file.path) else { return Read(text: nil, mode: file.mode) }
    let bytes = try FileSystem.read(file.place)
    let survey = ByteSurvey(bytes)
    guard !FileKind.isBinary(name: file.path, content: bytes, survey) else {
      return Read(text: nil, mode: file.mode)
    }
    let template = LateTemplate(
      bytes, survey, name: file.path, environment: engine.environment)
    return Read(
      text: TextFile(
        template: template, lineEnd: LineEnds.kind(of: bytes, survey), mode: file.mode),
      mutatesContext: template.mutatesContext(), mode: file.mode)
  }

  /// Whether any file that could be included changes the context.
  private static func mayMutate(
    _ folder: FilePath, _ engine: ScaffoldEngine, depth: Int
  ) throws -> Bool {
    guard depth < 32 else { return true }
    for name in try FileSystem.components(in: folder) {
      let path = folder.appending(name)
      if FileSystem.isDirectory(path) {
        if try mayMutate(path, engine, depth: depth + 1) { return true }
      } else if FileSystem.isFile(path), let source = try? FileSystem.readText(path),
        let template = try? engine.environment.template(source, name: nil), template.mutatesContext
      {
        return true
      }
    }
    return false
  }

  private static func namesMutate(_ steps: [Step], _ engine: ScaffoldEngine) -> Bool {
    steps.contains { step in
      guard engine.mayHoldTags(step.path), step.path.utf8.contains(UInt8(ascii: "(")) else {
        return false
      }
      return (try? engine.environment.template(step.path, name: nil))?.mutatesContext ?? false
    }
  }
}

extension SourceTree {
  /// Lists the files; every folder is listed before what is in the folders below it.
  struct Walk {
    struct File: Sendable {
      var step: Int
      var path: String
      var place: FilePath
      var mode: UInt32
    }

    let tree: SourceTree
    var steps: [Step] = []
    var files: [File] = []

    init(tree: SourceTree) { self.tree = tree }

    mutating func visit(_ above: [String], folder: FilePath, depth: Int) throws {
      guard depth < 128 else {
        throw Failure(.invalid, "the folders of the template are nested more than 128 deep")
      }
      var folders: [(name: String, isLink: Bool)] = []
      var others: [(name: String, status: FileStatus?)] = []
      for component in try FileSystem.components(in: folder) {
        let path = folder.appending(component)
        guard let name = String(validating: component.string.utf8, as: UTF8.self),
          !name.unicodeScalars.contains("\u{FFFD}")
        else {
          throw Failure(.invalid, "the name of `\(path)` in the template is not UTF-8")
        }
        let status = try FileSystem.status(path)
        if status?.kind == .directory {
          let isLink = try FileSystem.linkStatus(path)?.kind == .link
          folders.append((name, isLink))
        } else {
          others.append((name, status))
        }
      }
      var rendered: [(name: String, isLink: Bool)] = []
      for item in folders {
        let path = (above + [item.name]).joined(separator: "/")
        if tree.isCopied(path) {
          steps.append(Step(path: path, kind: .copiedFolder))
        } else {
          rendered.append(item)
        }
      }
      for item in rendered {
        let path = (above + [item.name]).joined(separator: "/")
        steps.append(Step(path: path, kind: .folder))
      }
      for item in others { try add(above + [item.name], item.status, in: folder) }
      // A link to a folder is an empty folder.
      for item in rendered where !item.isLink {
        try visit(above + [item.name], folder: folder.appending(item.name), depth: depth + 1)
      }
      guard steps.count <= 1_000_000 else {
        throw Failure(.invalid, "the template has more than a million files")
      }
    }

    private mutating func add(
      _ names: [String], _ status: FileStatus?, in folder: FilePath
    ) throws {
      let path = names.joined(separator: "/")
      let place = folder.appending(names.last ?? "")
      guard let status else {
        let target = try FileSystem.linkTarget(place)
        return steps.append(Step(path: path, kind: .file(.link(target))))
      }
      guard status.kind == .file else {
        throw Failure(.invalid, "`\(place)` in the template is neither a file nor a folder")
      }
      try TemplateBoundary.check(place, tree.boundary)
      if tree.isCopied(path) {
        return steps.append(Step(path: path, kind: .file(.copied(mode: status.mode))))
      }
      files.append(File(step: steps.count, path: path, place: place, mode: status.mode))
      steps.append(Step(path: path, kind: .file(.binary(mode: status.mode))))
    }
  }

  private func isCopied(_ path: String) -> Bool {
    patterns.contains { FileNamePattern($0).matches(path) }
  }
}
