import Formats
import Platform
import SystemPackage

/// Renders versions of cookiecutter templates for an update.
package struct CookiecutterRenderer: TemplateRenderer {
  let variables: [String: String]

  package init(variables: [String: String]) { self.variables = variables }

  package func render(_ request: RenderingRequest) async throws -> TemplateRendering {
    try await ParallelWork.onDeepThread { try rendering(request) }
  }

  private func rendering(_ asked: RenderingRequest) throws -> TemplateRendering {
    let place = try TemporaryDirectory(prefix: "reprise-rendering-")
    defer { withExtendedLifetime(place) {} }
    var request = ScaffoldRequest(
      template: asked.address, workingFolder: place.path, variables: variables)
    request.asksNothing = true
    request.acceptsHooks = asked.isTrusted
    request.keepsState = false
    request.checkout = asked.checkout
    let source = TemplateSource(
      folderText: asked.address, folder: asked.template.folder, boundary: asked.template.top,
      origin: .folder, address: asked.address, directory: asked.directory, temporary: nil)
    let prepared = try asked.isTrusted ? PromptHooks.run(source, request) : source
    for given in asked.given { request.overrides[given.key] = .string(given.value) }
    var recorded = Answer(json: asked.answers).map ?? AnswerMap()
    for given in asked.given { recorded[given.key] = nil }
    var context = try ScaffoldContext(
      source: prepared, configuration: UserConfiguration(variables: variables), request: request,
      recorded: AnswerMap(recorded.entries.filter { !$0.key.hasPrefix("_") }))
    let extensions = ExtensionLoader(template: prepared.folder, variables: variables)
    var nobody = Nobody()
    do {
      try context.collect(asker: &nobody, extensions: extensions, template: asked.address)
    } catch let error as ScaffoldFailure {
      throw error.failure
    }
    context.forgetPlaces()
    // cruft's own variable, for the projects that it made.
    if asked.answers["_commit"] != nil, let commit = asked.template.version.commit {
      context.set("_commit", .string(commit))
    }
    let maker = ProjectMaker(
      source: prepared, request: request, context: context, runsHooks: asked.isTrusted,
      extensions: extensions)
    do {
      let outcome = try maker.make(hooks: [])
      let own: Set<String> = ["_template", "_output_dir", "_repo_dir", "_checkout", "_commit"]
      let all = context.cookiecutter.entries.filter { !own.contains($0.key) }
      return TemplateRendering(
        tree: try RenderedTree(reading: outcome.folder), answers: context.recordedAnswers,
        variables: Answer.map(AnswerMap(all)).jsonValue)
    } catch let error as ScaffoldFailure {
      throw error.failure
    }
  }
}

/// Answers nothing.
private struct Nobody: Asker {
  func answer(_ question: Question) throws -> Answer { throw Aborted() }
}

extension ScaffoldContext {
  /// Has both sides of an update see the same folders, which are not the project's anyway.
  mutating func forgetPlaces() { set("_output_dir", .string(".")) }

  fileprivate mutating func set(_ key: String, _ value: Answer) {
    var answers = cookiecutter
    answers[key] = value
    variables["cookiecutter"] = .map(answers)
  }
}

extension Answer {
  init(json: JSONValue) {
    switch json {
    case .null: self = .none
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(Int(value))
    case .double(let value): self = .float(value)
    case .string(let text): self = .string(text)
    case .array(let values): self = .list(values.map { Answer(json: $0) })
    case .object(let members):
      self = .map(AnswerMap(members.map { .init($0.key, Answer(json: $0.value)) }))
    }
  }
}
