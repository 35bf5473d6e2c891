import Formats
import Platform
import SystemPackage

/// Renders versions of copier templates for an update.
package struct CopierRenderer: TemplateRenderer {
  let variables: [String: String]
  /// Answers a prompt; nil takes every default.
  let asker: (@Sendable (CopierPrompt) throws -> ContextValue)?

  package init(
    variables: [String: String],
    asker: (@Sendable (CopierPrompt) throws -> ContextValue)? = nil
  ) {
    self.variables = variables
    self.asker = asker
  }

  package func render(_ request: RenderingRequest) async throws -> TemplateRendering {
    let (made, tasks, answers) = try await ParallelWork.onDeepThread { try rendered(request) }
    var project = made
    if !tasks.isEmpty, !request.skipsTasks {
      guard request.isTrusted else { throw tasks.refusal }
      project.tree = try await tasks.run(on: project, variables: variables)
    }
    return TemplateRendering(tree: project.tree, answers: answers, madeOnce: project.madeOnce)
  }

  private func rendered(
    _ request: RenderingRequest
  ) throws -> (CopierProject, CopierTasks, JSONValue) {
    let generation = try Self.generation(request, asker: asker)
    let answers: JSONValue = generation.kept.value.jsonValue
    return (try CopierTreeRenderer.project(generation), CopierTasks(generation), answers)
  }

  /// A template with all its answers.
  static func generation(
    _ request: RenderingRequest, asker: (@Sendable (CopierPrompt) throws -> ContextValue)?
  ) throws -> CopierGeneration {
    var generation = try CopierGeneration(
      template: request.template, address: request.address, folderName: request.folderName,
      destination: ".")
    if request.asks { generation.asker = asker }
    generation.asksOnlyNew = true
    var given = AnswerList()
    for answer in request.given { given[answer.key] = .text(answer.value) }
    var last = AnswerList()
    for member in request.answers.members ?? [] { last[member.key] = ContextValue(member.value) }
    // What is recorded was answered then, and is not asked again.
    if request.side == .old { given = last }
    try generation.ask(last: last, given: given, project: nil)
    return generation
  }
}
