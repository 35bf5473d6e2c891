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
    let commit = self.commit
    var files: [TreePath: FilePrint] = [:]
    for entry in project.entries {
      guard let path = TreePath(entry.path), !entry.isFolder,
        let file = try RenderedFile(reading: path.path(in: folder))
      else { continue }
      files[path] = file.print
    }
    let answers = context.cookiecutter.entries.filter { !$0.key.hasPrefix("_") }
    try ScaffoldState(
      kind: .cookiecutter, template: try address(), commit: commit, checkout: request.checkout,
      directory: request.directory, answers: Answer.map(AnswerMap(answers)).jsonValue, files: files
    ).save(in: folder)
  }

  /// The commit that was rendered; nil when the template is no repository, or has changes that no commit holds.
  private var commit: String? {
    if case .repository(_, let found) = source.origin { return found }
    guard case .folder = source.origin,
      let repository = try? Repository.discover(from: source.folder),
      let changes = try? repository.changes(), !changes.isDirty
    else { return nil }
    return try? repository.head().commit
  }

  /// What finds the template again from anywhere: a path is made absolute.
  private func address() throws -> String {
    guard case .folder = source.origin else { return source.address }
    guard let directory = request.directory, !directory.isEmpty else { return source.folder.string }
    let depth = FilePath(directory).lexicallyNormalized().components.count
    var top = source.folder
    for _ in 0..<depth { top.removeLastComponent() }
    return top.string
  }
}

extension RenderedProject.Entry {
  fileprivate var isFolder: Bool {
    if case .folder = content { true } else { false }
  }
}
