import Formats
import Platform
import SystemPackage

/// Renders versions of cookiecutter templates for an update, hooks included, in a temporary folder.
package struct CookiecutterRenderer: TemplateRenderer {
  let variables: [String: String]

  package init(variables: [String: String]) { self.variables = variables }

  package func render(_ request: RenderingRequest) async throws -> TemplateRendering {
    let work = try TemporaryDirectory(prefix: "reprise-render-").keep()
    defer { try? FileSystem.removeTree(work) }
    var configuration = UserConfiguration(variables: variables)
    configuration.replayFolder = work.appending("replay").string
    var scaffold = Scaffold(
      try scaffoldRequest(request, work), configuration: configuration, asker: DefaultAsker()
    ) { _ in }
    let outcome: ScaffoldOutcome
    do { outcome = try scaffold.make() } catch let failure as ScaffoldFailure {
      throw failure.failure
    } catch is Aborted {
      throw Failure(.invalid, "the template asks what was not answered", hint: "give key=value")
    }
    let answers = outcome.answers.entries.filter { !$0.key.hasPrefix("_") }
    let own: Set<String> = ["_template", "_output_dir", "_repo_dir", "_checkout", "_commit"]
    let variables = outcome.answers.entries.filter { !own.contains($0.key) }
    return TemplateRendering(
      tree: try RenderedTree(reading: outcome.folder),
      answers: Answer.map(AnswerMap(answers)).jsonValue,
      variables: Answer.map(AnswerMap(variables)).jsonValue)
  }

  private func scaffoldRequest(
    _ request: RenderingRequest, _ work: FilePath
  ) throws -> ScaffoldRequest {
    var result = ScaffoldRequest(
      template: request.template.folder.string, workingFolder: work, variables: variables)
    result.outputFolder = work.appending("project").string
    result.checkout = request.checkout
    result.keepsState = false
    result.overwrites = true
    let recorded =
      (try? PythonJSONReader.read(Array(request.answers.text().utf8)).map) ?? AnswerMap()
    result.ownVariables = own(request, recorded)
    let plain = AnswerMap(recorded.entries.filter { !$0.key.hasPrefix("_") })
    if request.side == .old {
      // Recorded answers stand as they are; a choice that they made need not be one by its text.
      let file = work.appending("answers.json")
      let replay = Answer.map(AnswerMap([.init("cookiecutter", .map(plain))]))
      try FileSystem.write(replay.json(), to: file)
      result.replay = .file(file.string)
      return result
    }
    result.asksNothing = true
    result.overrides = try fitting(plain, request.template.folder)
    for given in request.given { result.overrides[given.key] = .string(given.value) }
    return result
  }

  /// The recorded answers that the new version can take: a choice that is gone falls back to its default.
  private func fitting(_ answers: AnswerMap, _ template: FilePath) throws -> AnswerMap {
    let names = ["ccds.json", "cookiecutter.json"]
    guard let file = names.map({ template.appending($0) }).first(where: { FileSystem.isFile($0) }),
      let declared = try? PythonJSONReader.read(FileSystem.read(file)).map
    else { return answers }
    return AnswerMap(
      answers.entries.filter { entry in
        guard case .list(let choices)? = declared[entry.key], entry.value.list == nil else {
          return true
        }
        return choices.contains { $0.equals(entry.value) }
      })
  }

  /// What cookiecutter tells templates of itself, the same for every version, so that it is no difference between them.
  private func own(_ request: RenderingRequest, _ recorded: AnswerMap) -> AnswerMap {
    var own = AnswerMap()
    own["_template"] = .string(request.address)
    own["_repo_dir"] = recorded["_repo_dir"] ?? .string(request.address)
    own["_output_dir"] = recorded["_output_dir"] ?? .string(".")
    // cruft's own variable.
    if recorded.contains("_commit"), let commit = request.template.version.commit {
      own["_commit"] = .string(commit)
    }
    return own
  }
}

/// Answers every question with its default.
private struct DefaultAsker: Asker {
  mutating func answer(_ question: Question) throws -> Answer {
    switch question.kind {
    case .text(let value):
      guard let value else { throw Aborted() }
      return .string(value)
    case .yesNo(let value): return .bool(value)
    case .choice(let choices): return choices.first?.value ?? .none
    case .several(let choices, let marked): return .list(marked.map { choices[$0].value })
    case .map(let value): return .map(value)
    case .password: throw Aborted()
    }
  }
}
