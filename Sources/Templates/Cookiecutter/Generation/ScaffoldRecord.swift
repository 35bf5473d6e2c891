import Formats
import Git
import Platform
import SystemPackage

/// Writes down what a project was made from, so that it can be updated.
struct ScaffoldRecord {
  let source: TemplateSource
  let request: ScaffoldRequest
  let context: ScaffoldContext

  func save(_ project: RenderedProject, in folder: FilePath) throws {
    try state(project).save(in: folder)
  }

  private func state(_ project: RenderedProject) throws -> ScaffoldState {
    var commit: String?
    var template = source.address
    switch source.origin {
    case .repository(_, let found): commit = found
    case .folder:
      // What is relative to here says nothing inside the project.
      var top = source.folder
      for step in FilePath(source.directory ?? "").components where step.kind == .regular {
        if top.lastComponent == step { top.removeLastComponent() }
      }
      template = top.string
      commit = Self.commit(of: source.folder)
    case .own: template = source.address
    case .zip, .remoteZip: break
    }
    return ScaffoldState(
      kind: .cookiecutter, template: template, commit: commit, checkout: request.checkout,
      directory: source.directory, answers: context.recordedAnswers, files: try Self.prints(project)
    )
  }

  /// The commit that a folder is; nil when it is in no repository, or has changes that no commit holds.
  private static func commit(of folder: FilePath) -> String? {
    guard let repository = try? Repository.discover(from: folder),
      let changes = try? repository.changes(), !changes.isDirty
    else { return nil }
    return try? repository.head().commit
  }

  private static func prints(_ project: RenderedProject) throws -> [TreePath: FilePrint] {
    var prints: [TreePath: FilePrint] = [:]
    for entry in project.entries {
      guard let path = TreePath(entry.path) else { continue }
      let kind: RenderedFile.Kind = entry.mode & 0o100 != 0 ? .program : .file
      switch entry.content {
      case .folder: break
      case .bytes(let bytes): prints[path] = RenderedFile(bytes, kind: kind).print
      case .copy(let file):
        prints[path] = RenderedFile(try FileSystem.read(file, limit: 1 << 32), kind: kind).print
      case .link(let target):
        prints[path] = RenderedFile(Array(target.string.utf8), kind: .link).print
      }
    }
    return prints
  }
}

extension ScaffoldContext {
  /// The answers that an update needs: what the template declares itself is read from it again.
  var recordedAnswers: JSONValue {
    let answers = remembered["cookiecutter"]?.map ?? AnswerMap()
    return Answer.map(AnswerMap(answers.entries.filter { !$0.key.hasPrefix("_") })).jsonValue
  }
}
