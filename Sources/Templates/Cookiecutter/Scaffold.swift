import Git
import Platform
import SystemPackage

/// Makes a project from a template, step by step as cookiecutter does.
package struct Scaffold<Who: Asker> {
  package let configuration: UserConfiguration
  package let request: ScaffoldRequest
  package var asker: Who
  /// Says what takes long, and what went wrong without being the end.
  package let announce: (String) -> Void
  /// Whether the hooks of a template may run; asked once, before the first does.
  package var trusts: (TemplateSource, [HookScript]) throws -> Bool = { _, _ in true }
  /// Whether somebody wants it to stop.
  package var isCancelled: @Sendable () -> Bool = { false }
  private var depth = 0

  package init(
    _ request: ScaffoldRequest, configuration: UserConfiguration, asker: Who,
    announce: @escaping (String) -> Void
  ) {
    self.request = request
    self.configuration = configuration
    self.asker = asker
    self.announce = announce
  }

  /// - Throws: ``Failure`` and ``ScaffoldFailure``; ``Aborted`` when nobody answers; ``Declined`` when the user says no.
  package mutating func make() throws -> ScaffoldOutcome {
    if request.replay != nil, request.asksNothing || !request.overrides.entries.isEmpty {
      throw Failure(
        .usage,
        "You can not use both replay and no_input or extra_context at the same time.",
        hint: "leave out `--replay`, or `--no-input` and the `key=value` words")
    }
    let finder = TemplateFinder(
      configuration: configuration, folder: request.workingFolder,
      cache: RepositoryCache(UserFolders.cache(request.variables).appending("repositories")),
      asksNothing: request.asksNothing, password: request.password,
      ownTemplates: try? SharedFiles.folder(variables: request.variables).appending("templates"),
      announce: announce)
    let source = try finder.find(
      request.template, checkout: request.checkout, directory: request.directory, asker: &asker)
    return try make(from: source, template: request.template)
  }

  private mutating func make(
    from source: TemplateSource, template: String
  ) throws -> ScaffoldOutcome {
    var runsHooks = request.acceptsHooks
    let hooks = try runsHooks ? HookScript.all(in: source.folder) : []
    if !hooks.isEmpty { runsHooks = try trusts(source, hooks) }
    let prepared = try runsHooks && !request.isDryRun ? PromptHooks.run(source, request) : source
    var context = try ScaffoldContext(
      source: prepared, configuration: configuration, request: request)
    if let warning = context.warning { announce("Invalid default received: \(warning)") }
    if context.isNested {
      let inner = try nested(&context, in: prepared)
      return try make(from: inner, template: inner.folderText)
    }
    let extensions = ExtensionLoader(template: prepared.folder, variables: request.variables)
    try context.collect(asker: &asker, extensions: extensions, template: template)
    if !request.isDryRun {
      try ReplayFile.save(context.remembered, to: context.replayFile(saving: true))
    }
    var maker = ProjectMaker(
      source: prepared, request: request, context: context, runsHooks: runsHooks,
      extensions: extensions)
    maker.isCancelled = isCancelled
    return try maker.make(hooks: runsHooks ? hooks : [])
  }

  /// The template inside of this one that the user wants.
  private mutating func nested(
    _ context: inout ScaffoldContext, in source: TemplateSource
  ) throws -> TemplateSource {
    depth += 1
    guard depth < 16 else {
      throw Failure(.invalid, "the template's templates hold each other")
    }
    let choice = try NestedTemplates(context).choose(
      asksNothing: request.asksNothing, asker: &asker)
    let path = FilePath(choice)
    guard !path.isAbsolute, !choice.isEmpty else {
      throw Failure(
        .invalid, "Illegal template path", hint: "`\(choice)` must be a path inside the template")
    }
    var inner = source
    let whole = source.folder.pushing(path).lexicallyNormalized()
    inner.folder = FileSystem.realPath(whole) ?? whole
    inner.folderText = inner.folder.string
    inner.directory = source.directory.map { TemplateFinder.joined($0, choice) } ?? choice
    guard TemplateFinder.isTemplate(inner.folder) else {
      throw Failure(
        .notFound,
        "A valid repository for \"\(inner.folder)\" could not be found in the following "
          + "locations:\n\(inner.folder)")
    }
    try TemplateBoundary.check(inner.folder, source.boundary)
    return inner
  }
}
