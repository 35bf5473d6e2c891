import Formats
import Git
import Platform
import SystemPackage

/// Makes a project from a copier template, as `copier copy` does.
package struct CopierScaffold: Sendable {
  package struct Outcome: Sendable {
    package var folder: FilePath
    package var answers: JSONValue
    package var paths: [String]
    /// What the template says to the person at the end (`_message_after_copy`).
    package var message: String?
  }

  /// The template's folder, and what version it is.
  package let template: TemplateCheckout
  /// As it is recorded.
  package let address: String
  package var directory: String?
  package var checkout: String?
  /// The project's folder.
  package let target: FilePath
  package let variables: [String: String]
  package var given: [RenderingRequest.Given] = []
  /// Answers a prompt; nil takes every default.
  package var asker: (@Sendable (CopierPrompt) throws -> ContextValue)?
  package var overwrites = false
  package var isTrusted = false
  package var isDryRun = false

  package init(
    template: TemplateCheckout, address: String, target: FilePath, variables: [String: String]
  ) {
    self.template = template
    self.address = address
    self.target = target
    self.variables = variables
  }

  /// Renders into a temporary sibling, runs the tasks there, and renames it.
  ///
  /// - Throws: ``Failure`` with `.conflict` when the folder holds files and may not be overwritten; `.permission` when the
  ///   template has tasks and is not trusted.
  package func make() async throws -> Outcome {
    let isThere = try FileSystem.isDirectory(target) && !FileSystem.names(in: target).isEmpty
    guard overwrites || !isThere else {
      throw Failure(
        .conflict, "`\(target)` is not empty",
        hint: "name a new folder with `-o FOLDER`, or see `--overwrite-if-exists`")
    }
    let name = target.lastComponent?.string ?? ""
    let (outcome, project, tasks) = try await ParallelWork.onDeepThread {
      try rendered(name, isThere: isThere)
    }
    if !tasks.isEmpty, !isTrusted { throw tasks.refusal }
    let state = ScaffoldState(
      kind: .copier, template: address, commit: template.version.commit, checkout: checkout,
      directory: directory, answers: outcome.answers, files: project.tree.prints)
    if isDryRun { return outcome }
    if isThere {
      try overlay(project)
      try await tasks.run(in: target, variables: variables)
      try state.save(in: target)
      return outcome
    }
    let parent = target.removingLastComponent()
    try FileSystem.createDirectory(parent)
    let temporary = try TemporaryDirectory(prefix: ".reprise-new-", in: parent)
    defer { withExtendedLifetime(temporary) {} }
    let folder = temporary.path.appending(name)
    try project.write(to: folder)
    try await tasks.run(in: folder, variables: variables)
    try state.save(in: folder)
    if FileSystem.exists(target) { try FileSystem.remove(target) }
    try FileSystem.rename(folder, to: target)
    return outcome
  }

  private func rendered(
    _ name: String, isThere: Bool
  ) throws -> (Outcome, CopierProject, CopierTasks) {
    var generation = try CopierGeneration(
      template: template, address: address, folderName: name, destination: target.string)
    generation.asker = asker
    var answers = AnswerList()
    for answer in given { answers[answer.key] = .text(answer.value) }
    try generation.ask(last: AnswerList(), given: answers, project: isThere ? target : nil)
    let project = try CopierTreeRenderer.project(generation)
    let outcome = Outcome(
      folder: target, answers: generation.kept.value.jsonValue,
      paths: project.tree.paths.map(\.description),
      message: try generation.rendered("message_after_copy"))
    return (outcome, project, CopierTasks(generation))
  }

  /// Into a folder that is there: files are replaced, others kept, and those that are made once left alone.
  private func overlay(_ project: CopierProject) throws {
    for path in project.folders { try FileSystem.createDirectory(path.path(in: target)) }
    let snapshot = try ProjectSnapshot(of: project.tree.paths, in: target)
    for path in project.tree.paths {
      switch snapshot.entries[path] {
      case nil: break
      case .file: if project.madeOnce.contains(path) { continue }
      case .folder, .below, .other:
        throw Failure(.conflict, "something else is at `\(path)` in `\(target)`")
      }
      guard let file = project.tree[path] else { continue }
      let place = path.path(in: target)
      try FileSystem.createDirectory(place.removingLastComponent())
      let temporary = FilePath(place.string + ".reprise-new")
      try FileSystem.remove(temporary)
      try file.write(to: temporary, mode: project.modes[path])
      try FileSystem.rename(temporary, to: place)
    }
  }
}
