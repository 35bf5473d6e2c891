import Platform

/// Makes the answers of a template: renders its defaults one after the other and asks for each.
///
/// The rules are cookiecutter's: names with one underscore are taken as they are, names with two are rendered and not asked,
/// numbers become text, maps come last.
struct AnswerCollector<Who: Asker> {
  let engine: ScaffoldEngine
  /// What is shown when something is not defined: the whole context.
  let context: AnswerMap
  let asksNothing: Bool
  let isDataScience: Bool
  /// Where the variables are written down, for messages.
  let file: String
  var asker: Who
  private(set) var answers = AnswerMap([], isOrdered: true)
  private var prompts: AnswerMap?
  private var plan: QuestionPlan
  private var place = 0
  private var count = 0

  /// - Parameter known: answers that were given before, which the rest may refer to.
  init(
    engine: ScaffoldEngine, context: AnswerMap, known: AnswerMap?, asksNothing: Bool,
    isDataScience: Bool, file: String, asker: Who
  ) {
    if let known { answers = known }
    self.engine = engine
    self.context = context
    self.asksNothing = asksNothing
    self.isDataScience = isDataScience
    self.file = file
    self.asker = asker
    plan = QuestionPlan(AnswerMap())
  }

  /// Collects the answers to some variables.
  mutating func collect(_ variables: AnswerMap) throws -> AnswerMap {
    var variables = variables
    prompts = variables["__prompts__"]?.map
    variables["__prompts__"] = nil
    plan = QuestionPlan(variables)
    count = variables.entries.count { !$0.key.hasPrefix("_") }
    for entry in variables.entries { try first(entry) }
    for entry in variables.entries { try second(entry) }
    return answers
  }

  /// Everything but maps.
  private mutating func first(_ entry: AnswerMap.Entry) throws {
    let key = entry.key
    if key.hasPrefix("_"), isDataScience || !key.hasPrefix("__") {
      answers[key] = entry.value
      return
    }
    if key.hasPrefix("__") {
      answers[key] = try rendered(entry.value, key, isPrivate: true)
      return
    }
    if case .map = entry.value { return }
    place += 1
    guard try isWanted(key) else { return try leaveOut(entry) }
    switch entry.value {
    case .list(let choices): answers[key] = try choice(key, choices)
    case .bool(let value) where !isDataScience:
      answers[key] = asksNothing ? entry.value : try ask(key, .yesNo(default: value))
    default: answers[key] = try line(key, rendered(entry.value, key))
    }
  }

  /// Maps, which may refer to everything else.
  private mutating func second(_ entry: AnswerMap.Entry) throws {
    let key = entry.key
    guard case .map = entry.value else { return }
    guard isDataScience || !key.hasPrefix("_") || key.hasPrefix("__") else { return }
    place += 1
    let value = try rendered(entry.value, key)
    guard case .map(let map) = value, !asksNothing, !key.hasPrefix("_"), try isWanted(key) else {
      answers[key] = value
      return
    }
    answers[key] = try ask(key, .map(default: map))
  }

  /// A variable that is one line of text.
  private mutating func line(_ key: String, _ value: Answer) throws -> Answer {
    let typed = try plan.typed(value, key)
    if asksNothing {
      if let problem = try problem(with: typed, key) { throw refused(key, problem) }
      return typed
    }
    if case .bool(let truth) = value { return try ask(key, .yesNo(default: truth)) }
    let kind: Question.Kind =
      plan.type(key) == .secret ? .password : .text(default: value.string)
    return try plan.typed(ask(key, kind), key)
  }

  private mutating func choice(_ key: String, _ choices: [Answer]) throws -> Answer {
    if isDataScience, case .map? = choices.first { return try branch(key, choices) }
    let values = try choices.map { try rendered($0, key) }
    if let marked = plan.marked(key, values) {
      if asksNothing { return .list(marked.map { values[$0] }) }
      return try ask(key, .several(labelled(key, values), marked: marked))
    }
    if asksNothing {
      guard let first = values.first else {
        throw Failure(
          .invalid, "The list of choices is empty", hint: "give `\(key)` a choice in \(file)")
      }
      return first
    }
    guard !values.isEmpty else {
      throw Failure(.invalid, "The list of choices of `\(key)` is empty")
    }
    return try ask(key, .choice(labelled(key, values)))
  }

  /// A choice of cookiecutter-data-science that brings questions of its own.
  private mutating func branch(_ key: String, _ choices: [Answer]) throws -> Answer {
    let branches = choices.compactMap { $0.map?.entries.first }
    guard branches.count == choices.count, let first = branches.first else {
      throw Failure(.invalid, "the choices of `\(key)` must be objects with one key each")
    }
    let names = try branches.map { try rendered(.string($0.key), key) }
    var picked = first
    if !asksNothing {
      let answer = try ask(key, .choice(labelled(key, names)))
      picked = zip(names, branches).first { $0.0.equals(answer) }?.1 ?? first
    }
    let result: Answer
    switch picked.value {
    case .map(let questions):
      var inner = AnswerMap()
      for question in questions.entries {
        let value = try rendered(question.value, question.key)
        inner[question.key] =
          asksNothing
          ? value
          : try asker.answer(Question(question.key, kind: .text(default: value.string)))
      }
      result = .map(inner)
    case .list(let inner): result = try choice(picked.key, inner)
    case .string: result = picked.value
    default: result = .map(AnswerMap())
    }
    return .map(AnswerMap([.init(picked.key, result)]))
  }
}

extension AnswerCollector {
  private mutating func ask(_ key: String, _ kind: Question.Kind) throws -> Answer {
    let check = try plan.check(key, engine, cookiecutter)
    var question = Question(
      questionText(key, kind), number: isDataScience ? nil : (place, count), kind: kind,
      help: plan.help(key), problem: check)
    if isDataScience { question.number = nil }
    return try asker.answer(question)
  }

  private func questionText(_ key: String, _ kind: Question.Kind) -> String {
    let isChoice =
      switch kind {
      case .choice, .several: true
      default: false
      }
    guard let prompt = prompts?[key] else { return isChoice ? "Select \(key)" : key }
    guard isChoice else { return prompt.isTrue ? prompt.pythonText : key }
    return prompt.string ?? prompt.map?["__prompt__"]?.pythonText ?? "Select \(key)"
  }

  private func labelled(_ key: String, _ values: [Answer]) -> [Question.Choice] {
    let labels = prompts?[key]?.map
    return values.map { value in
      let text = value.pythonText
      return Question.Choice(value, label: labels?[text]?.pythonText ?? text)
    }
  }

  /// Renders text, and what a list or a map holds.
  private func rendered(
    _ value: Answer, _ key: String, isPrivate: Bool = false
  ) throws -> Answer {
    do { return try engine.rendered(value, cookiecutter) } catch {
      guard error.exception == "UndefinedError", !isPrivate else {
        var failure = ScaffoldFailure(
          error, "Unable to render variable '\(key)'", file: file, source: value.string,
          context: context)
        failure.peerText = nil
        throw failure
      }
      throw ScaffoldFailure(
        error, "Unable to render variable '\(key)'", file: file, source: value.string,
        context: context)
    }
  }

  private var cookiecutter: TemplateContext {
    TemplateContext([("cookiecutter", Answer.map(answers).contextValue)])
  }

  // MARK: Questions beyond cookiecutter

  private func isWanted(_ key: String) throws -> Bool {
    guard let condition = plan.condition(key) else { return true }
    do { return try engine.truth(of: condition, in: cookiecutter) } catch {
      throw ScaffoldFailure(
        error, "Unable to decide `__when__` of '\(key)'", file: file, source: condition,
        context: context)
    }
  }

  /// What is not asked has its default all the same, so that plain cookiecutter and this agree on the rest.
  private mutating func leaveOut(_ entry: AnswerMap.Entry) throws {
    switch entry.value {
    case .list(let choices):
      let values = try choices.map { try rendered($0, entry.key) }
      answers[entry.key] =
        plan.marked(entry.key, values).map { .list($0.map { values[$0] }) } ?? values.first
        ?? .string("")
    case .bool: answers[entry.key] = entry.value
    default: answers[entry.key] = try plan.typed(rendered(entry.value, entry.key), entry.key)
    }
  }

  private func problem(with answer: Answer, _ key: String) throws -> String? {
    try plan.check(key, engine, cookiecutter)?(answer)
  }

  private func refused(_ key: String, _ problem: String) -> Failure {
    Failure(
      .invalid, "`\(key)`: \(problem)", hint: "give another value: \(key)=VALUE",
      at: SourceLocation(file: file))
  }
}

extension ScaffoldEngine {
  /// Whether an expression of the template language holds.
  func truth(of expression: String, in context: TemplateContext) throws(TemplateError) -> Bool {
    let open = options.variableStart
    let close = options.variableEnd
    return try text("\(open) 1 if (\(expression)) else 0 \(close)", in: context) == "1"
  }

  /// A default rendered as cookiecutter does: text, numbers as text, and what a list or a map holds.
  func rendered(
    _ value: Answer, _ context: TemplateContext
  ) throws(TemplateError) -> Answer {
    switch value {
    case .none, .bool: return value
    case .string(let text): return .string(try self.text(text, in: context))
    case .int, .bigInt, .float: return .string(try text(value.pythonText, in: context))
    case .list(let values):
      var result: [Answer] = []
      for value in values { result.append(try rendered(value, context)) }
      return .list(result)
    case .map(let map):
      var result = AnswerMap()
      for entry in map.entries {
        result[try text(entry.key, in: context)] = try rendered(entry.value, context)
      }
      return .map(result)
    }
  }
}
