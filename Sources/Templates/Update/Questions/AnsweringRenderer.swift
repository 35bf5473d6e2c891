import Formats
import Platform
import SystemPackage

/// Answers what a version of a cookiecutter template asks and the project has not recorded, then renders it.
///
/// A person is asked where a request allows it; else the defaults are taken, which may refer to recorded answers.
struct AnsweringRenderer: TemplateRenderer {
  let renderer: CookiecutterRenderer
  let variables: [String: String]
  /// Nil when nobody can be asked.
  let asker: FunctionAsker?

  func render(_ request: RenderingRequest) async throws -> TemplateRendering {
    guard request.side != .fresh else { return try await renderer.render(request) }
    var answered = request
    answered.answers = try await ParallelWork.onDeepThread { try answers(request) }
    answered.given = []
    answered.asks = false
    return try await renderer.render(answered)
  }

  private func answers(_ request: RenderingRequest) throws -> JSONValue {
    let declared = try TemplateQuestions.declared(in: request.template.folder)
    let givenKeys = Set(request.given.map(\.key))
    var known = AnswerMap(
      (Answer(json: request.answers).map ?? AnswerMap()).entries.filter {
        !$0.key.hasPrefix("_") && !givenKeys.contains($0.key) && declared.contains($0.key)
      })
    let isComplete = declared.entries.allSatisfy {
      $0.key.hasPrefix("_") || known.contains($0.key)
    }
    // What is recorded besides may be the template's own (`_commit` of cruft), and is passed on.
    if isComplete { return request.answers }
    let own = (request.answers.members ?? []).filter { $0.key.hasPrefix("_") }
    do {
      var nobody = FunctionAsker { _ in throw Aborted() }
      guard request.asks, var person = asker else {
        return try collected(request, known, request.given, &nobody, asksNothing: true, own)
      }
      if !request.given.isEmpty {
        // What was given is no question; the template says what its text means.
        let all = try collected(request, known, request.given, &nobody, asksNothing: true, [])
        for key in givenKeys { known[key] = all[key].map { Answer(json: $0) } }
      }
      return try collected(request, known, [], &person, asksNothing: false, own)
    } catch is Aborted {
      throw Failure(
        .interrupted, "nobody answers; nothing was changed",
        hint: "give answers as key=value, or `--no-input`")
    } catch let error as ScaffoldFailure {
      throw error.failure
    }
  }

  /// Collects answers from a copy of the template's questions in which those that are known are not asked and have their
  /// answers as defaults, so that others can refer to them.
  private func collected(
    _ asked: RenderingRequest, _ known: AnswerMap, _ given: [RenderingRequest.Given],
    _ asker: inout FunctionAsker, asksNothing: Bool, _ own: [JSONValue.Member]
  ) throws -> JSONValue {
    var request = ScaffoldRequest(
      template: asked.address, workingFolder: asked.template.top, variables: variables)
    request.asksNothing = asksNothing
    request.checkout = asked.checkout
    for given in given { request.overrides[given.key] = .string(given.value) }
    let source = TemplateSource(
      folderText: asked.address, folder: asked.template.folder, boundary: asked.template.top,
      origin: .folder, address: asked.address, directory: asked.directory, temporary: nil)
    let prepared = try asked.isTrusted ? PromptHooks.run(source, request) : source
    let copy = try TemporaryDirectory(prefix: "reprise-questions-")
    defer { withExtendedLifetime(copy) {} }
    var questions = prepared
    questions.folder = copy.path
    let name = ["ccds.json", "cookiecutter.json"].first {
      FileSystem.isFile(prepared.folder.appending($0))
    }
    var fixed = FixedQuestions(try TemplateQuestions.declared(in: prepared.folder))
    fixed.fix(known)
    try FileSystem.write(
      Answer.map(fixed.variables).jsonValue.text() + "\n",
      to: copy.path.appending(name ?? "cookiecutter.json"))
    var context = try ScaffoldContext(
      source: questions, configuration: UserConfiguration(variables: variables), request: request)
    try context.collect(
      asker: &asker,
      extensions: ExtensionLoader(template: prepared.folder, variables: variables),
      template: asked.address)
    var answers = context.cookiecutter.entries.filter { !$0.key.hasPrefix("_") }
    for place in answers.indices {
      if let answer = known[answers[place].key] { answers[place].value = answer }
    }
    let members = Answer.map(AnswerMap(answers)).jsonValue.members ?? []
    return .object(members + own)
  }
}

/// The questions of a template, of which some are answered.
struct FixedQuestions {
  private(set) var variables: AnswerMap

  init(_ declared: AnswerMap) { variables = declared }

  mutating func fix(_ known: AnswerMap) {
    var conditions = variables["__when__"]?.map ?? AnswerMap()
    var types = variables["__types__"]?.map ?? AnswerMap()
    for entry in known.entries where variables.contains(entry.key) {
      conditions[entry.key] = .bool(false)
      variables[entry.key] = Self.literal(entry.value)
      if entry.value.list != nil {
        types[entry.key] = .map(
          AnswerMap([.init("type", .string("multiselect")), .init("default", entry.value)]))
      }
    }
    variables["__when__"] = .map(conditions)
    if !types.entries.isEmpty { variables["__types__"] = .map(types) }
  }

  /// A value that renders to the answer.
  private static func literal(_ answer: Answer) -> Answer {
    switch answer {
    case .string(let text) where ["{{", "{%", "{#"].contains { text.contains($0) }:
      .string("{% raw %}\(text){% endraw %}")
    case .none, .bool, .int, .bigInt, .float, .string, .list, .map: answer
    }
  }
}
