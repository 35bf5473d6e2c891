import Formats
import Glibc
import Platform
import SystemPackage

/// Makes the project: hooks, rendering, writing; and takes everything back when one of them fails.
struct ProjectMaker {
  let source: TemplateSource
  let request: ScaffoldRequest
  let context: ScaffoldContext
  let runsHooks: Bool
  let extensions: ExtensionLoader
  var isCancelled: @Sendable () -> Bool = { false }

  init(
    source: TemplateSource, request: ScaffoldRequest, context: ScaffoldContext, runsHooks: Bool,
    extensions: ExtensionLoader
  ) {
    self.source = source
    self.request = request
    self.context = context
    self.runsHooks = runsHooks
    self.extensions = extensions
  }

  func make(hooks: [HookScript]) throws -> ScaffoldOutcome {
    let plain = try engine(loader: nil)
    let rootName = try ProjectRoot.name(in: source.folder, plain.options)
    let root = source.folder.appending(rootName)
    let name = try projectName(rootName, plain)
    let output = try FileSystem.absolute(
      FilePath(request.outputFolder), in: request.workingFolder)
    let target = name.isEmpty ? output : output.pushing(FilePath(name))
    let isThere = try FileSystem.status(target) != nil
    guard !isThere || request.overwrites else {
      throw Failure(
        .conflict, "Error: \"\(shown(name))\" directory already exists",
        hint: "choose another name, or see `--overwrite-if-exists`")
    }
    let loader = ProjectLoader(root: root, boundary: source.boundary)
    var renderer = ProjectRenderer(
      engine: try engine(loader: loader), root: root, rootName: rootName,
      boundary: source.boundary, context: context.variables, existing: isThere ? target : nil,
      mergesFolders: request.overwrites, skipsExistingFiles: request.skipsExistingFiles,
      target: target, outputText: request.outputFolder)
    renderer.isCancelled = isCancelled
    var outcome = ScaffoldOutcome(
      folder: target, project: RenderedProject(name: name, entries: []), source: source,
      answers: context.cookiecutter, hooks: hooks, isDryRun: request.isDryRun)
    if request.isDryRun {
      outcome.project = try renderer.render(name: name)
      return outcome
    }
    let place = ProjectPlace(output: output, target: target, isThere: isThere)
    do {
      outcome.project = try make(name, renderer, place, plain)
    } catch {
      try place.takeBack(keepsProject: request.keepsProjectOnFailure)
      throw (error as? RenderingStopped)?.cause ?? error
    }
    return outcome
  }

  private func make(
    _ name: String, _ renderer: ProjectRenderer, _ place: ProjectPlace, _ plain: ScaffoldEngine
  ) throws -> RenderedProject {
    var renderer = renderer
    try place.createOutput()
    let before = try scripts(.preGeneration)
    if !before.isEmpty {
      try place.createTarget()
      try run(before, plain, in: place.target)
    }
    let staging = try place.stage()
    if try !place.isThere && !FileSystem.names(in: staging.root).isEmpty {
      renderer.existing = staging.root
    }
    let project: RenderedProject
    do { project = try renderer.render(name: name) } catch let stopped as RenderingStopped {
      if request.keepsProjectOnFailure {
        try? ProjectWriter(project: stopped.project).write(to: staging.root)
        try? place.unveil(stopped.project)
      }
      throw stopped
    }
    var writer = ProjectWriter(project: project)
    writer.isCancelled = isCancelled
    try writer.write(to: staging.root)
    try place.unveil(project)
    try run(scripts(.postGeneration), plain, in: place.target)
    // After the hooks, which find the project as cookiecutter makes it.
    if request.keepsState, FileSystem.isDirectory(place.target) {
      try ScaffoldRecord(source: source, request: request, context: context)
        .save(project, in: place.target)
    }
    return project
  }

  // MARK: Names

  private func engine(loader: (any TemplateLoader)?) throws -> ScaffoldEngine {
    try ScaffoldEngine(
      variables: context.cookiecutter, rules: context.rules(isForAnswers: false), loader: loader,
      extensions: extensions)
  }

  private func projectName(_ rootName: String, _ engine: ScaffoldEngine) throws -> String {
    do {
      let text = try engine.text(rootName, in: context.variables.templateContext)
      return try SafePath.steps(text, source: rootName).joined(separator: "/")
    } catch let error as TemplateError {
      throw ScaffoldFailure(
        error, "Unable to create project directory '\(rootName)'", file: rootName,
        source: rootName, context: context.variables)
    }
  }

  /// The project's folder as Python's `Path` writes it.
  private func shown(_ name: String) -> String {
    let output = request.outputFolder
    let steps = (output.split(separator: "/") + name.split(separator: "/")).filter { $0 != "." }
    let path = (output.hasPrefix("/") ? "/" : "") + steps.joined(separator: "/")
    return path.isEmpty ? "." : path
  }

  // MARK: Hooks

  private func scripts(_ moment: HookScript.Moment) throws -> [HookScript] {
    try runsHooks ? HookScript.scripts(moment, in: source.folder) : []
  }

  private func run(
    _ scripts: [HookScript], _ engine: ScaffoldEngine, in folder: FilePath
  ) throws {
    let runner = HookRunner(template: source.folder, variables: request.variables)
    for script in scripts {
      if isCancelled() { throw Failure(.interrupted, "interrupted") }
      let text = try FileSystem.readText(script.path)
      do {
        let template = try engine.environment.template(text, name: nil)
        let bytes = try template.render(context.variables.templateContext)
        try runner.run(bytes, suffix: script.suffix, in: folder)
      } catch let error as TemplateError {
        var failure = ScaffoldFailure(
          error, "Unable to render the hook", file: script.path.string, source: text,
          context: context.variables)
        failure.peerText = nil
        throw failure
      } catch is Failure where isCancelled() {
        throw Failure(.interrupted, "interrupted; the project was taken back")
      } catch var failure as Failure {
        failure.location = failure.location ?? SourceLocation(file: script.path.string)
        throw ScaffoldFailure(
          failure,
          peerText: "ERROR: Stopping generation because \(script.moment.rawValue) hook "
            + "script didn't exit successfully\n\(failure.message)")
      }
    }
  }
}

/// Rendering that failed, with what was rendered before.
struct RenderingStopped: Error {
  var cause: any Error
  var project: RenderedProject
}
