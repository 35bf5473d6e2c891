import Formats
import Git
import Platform
import SystemPackage

/// Renders a copier template as copier 9.19.1 does: questions first, then every path and file.
struct CopierGeneration: Sendable {
  let template: TemplateCheckout
  let configuration: CopierConfiguration
  let engine: CopierEngine
  /// What templates are told of the place: the project's folder, and its name.
  let folderName: String
  let destination: String
  private(set) var answers: CopierAnswers
  /// Answers a prompt; nil takes every default.
  var asker: (@Sendable (CopierPrompt) throws -> ContextValue)?

  /// Whether what the project has recorded is taken without asking again.
  var asksOnlyNew = false

  init(
    template: TemplateCheckout, address: String, folderName: String, destination: String
  ) throws {
    self.template = template
    self.folderName = folderName
    self.destination = destination
    configuration = try CopierConfiguration(in: template.top)
    engine = try CopierEngine(configuration, template: template.top)
    answers = CopierAnswers(source: address, version: template.version.name)
  }

  // MARK: Questions

  /// Works out every answer.
  ///
  /// - Parameters:
  ///   - last: what the project has recorded.
  ///   - given: answers of this run; of any type, text is read as the question wants it.
  ///   - project: where external data is; nil when there is no project yet.
  mutating func ask(last: AnswerList, given: AnswerList, project: FilePath?) throws {
    answers.last = last
    answers.given = given
    answers.external = try externalData(project)
    for (name, details) in configuration.questions {
      let question = try CopierQuestion(
        name, details, engine: engine, context: context(phase: "prompt"))
      if let earlier = answers.last[name] {
        do { try question.validate(question.parse(earlier)) } catch { answers.last[name] = nil }
      }
      let applies = try question.applies()
      if !applies {
        answers.hidden.insert(name)
        answers.last[name] = nil
        if try question.defaultAnswer(answers) == nil { continue }
      }
      if let given = answers.given[name] {
        let answer = try question.parse(given)
        try question.validate(answer)
        answers.user[name] = answer
        continue
      }
      guard try question.asks() else {
        if answers.last[name] != nil { continue }
        if let answer = try question.defaultAnswer(answers) { answers.user[name] = answer }
        continue
      }
      let shown = try question.defaultAnswer(answers)
      let isKnown = asksOnlyNew && answers.last[name] != nil
      answers.user[name] = try ask(question, applies && !isKnown, shown)
    }
    answers.external = try externalData(project)
  }

  private func ask(
    _ question: CopierQuestion, _ applies: Bool, _ shown: ContextValue?
  ) throws -> ContextValue {
    guard applies, let asker else {
      guard let shown else {
        throw Failure(
          .invalid, "Question \"\(question.name)\" is required",
          hint: "answer it: \(question.name)=VALUE")
      }
      return shown
    }
    let prompt = try question.prompt(shown)
    var problem: String?
    while true {
      var prompt = prompt
      if let problem { prompt.text = "\(problem)\n\(prompt.text)" }
      do {
        let answer = try question.parse(asker(prompt))
        try question.validate(answer)
        return answer
      } catch let failure as Failure where failure.code == .invalid { problem = failure.message }
    }
  }

  /// The files of `_external_data`, read; one that is not there has nothing in it.
  private func externalData(_ project: FilePath?) throws -> ContextValue {
    var data = AnswerList()
    for pair in configuration.settings["external_data"]?.pairs ?? [] {
      let name = pair.key.pythonText
      let path = try engine.text(
        pair.value.pythonText, context(phase: "undefined"), what: "`_external_data.\(name)`")
      data[name] = .dict([], isOrdered: false)
      guard let project, let place = TreePath(path)?.path(in: project),
        FileSystem.isFile(place)
      else { continue }
      do throws(ParseFailure) {
        data[name] = ContextValue(
          try YAMLValue(parsing: (try? FileSystem.read(place, limit: 1 << 26)) ?? []))
      } catch { throw error.failure(in: path) }
    }
    return data.value
  }

  /// The answers that the answers file gets, without `_commit` and `_src_path`.
  var kept: AnswerList {
    var kept = remembered
    kept["_commit"] = nil
    kept["_src_path"] = nil
    return kept
  }

  private var remembered: AnswerList {
    answers.remembered(
      questions: Set(configuration.questions.map(\.name)), secrets: configuration.secrets)
  }

  // MARK: Variables

  /// What every template of the project is given.
  func context(phase: String, extra: [(String, ContextValue)] = []) -> TemplateContext {
    var context = TemplateContext(answers.combined.entries.map { ($0.name, $0.value) })
    context.set("_copier_answers", remembered.value)
    context.set("_copier_conf", conf)
    context.set("_folder_name", .text(folderName))
    context.set("_copier_python", .text("python3"))
    context.set("_copier_phase", .text(phase))
    for (name, value) in extra { context.set(Text(name), value) }
    return context
  }

  private var conf: ContextValue {
    var conf = AnswerList()
    conf["src_path"] = .text(template.top.string)
    conf["dst_path"] = .text(destination)
    conf["answers_file"] = .text(configuration.text("answers_file") ?? CopierAnswersFile.path)
    conf["vcs_ref"] = ContextValue.none
    conf["vcs_ref_hash"] =
      template.version.commit.map { ContextValue.text($0) } ?? ContextValue.none
    conf["data"] = answers.given.value
    conf["exclude"] = .list([])
    conf["use_prereleases"] = .bool(false)
    conf["skip_if_exists"] = .list([])
    conf["cleanup_on_error"] = .bool(true)
    conf["defaults"] = .bool(asker == nil)
    conf["user_defaults"] = .dict([], isOrdered: false)
    conf["overwrite"] = .bool(false)
    conf["pretend"] = .bool(false)
    conf["quiet"] = .bool(false)
    conf["conflict"] = .text("inline")
    conf["context_lines"] = .int(3)
    conf["unsafe"] = .bool(false)
    conf["skip_answered"] = .bool(false)
    conf["skip_tasks"] = .bool(false)
    conf["sep"] = .text("/")
    conf["os"] = .text("linux")
    return conf.value
  }

  /// Where the answers file goes.
  func answersPath() throws -> String {
    try engine.text(
      configuration.text("answers_file") ?? CopierAnswersFile.path, context(phase: "render"),
      what: "`_answers_file`")
  }

  /// A setting with templates in it, such as `_message_after_copy`; nil when it is not there.
  func rendered(_ setting: String) throws -> String? {
    guard let text = configuration.text(setting), !text.isEmpty else { return nil }
    return try engine.text(text, context(phase: "render"), what: "`_\(setting)`")
  }
}
