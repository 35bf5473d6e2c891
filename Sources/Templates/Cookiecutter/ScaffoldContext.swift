import Platform
import SystemPackage

/// What the templates of a project are given: what the template declares, with the user's own values, and then the answers.
struct ScaffoldContext {
  /// `cookiecutter` and `_cookiecutter`; of a replay, whatever else its file has.
  var variables: AnswerMap
  /// What is asked and rendered: all that the template declares, or what a replay lacks.
  private var asked: AnswerMap
  private let source: TemplateSource
  private let configuration: UserConfiguration
  private let request: ScaffoldRequest
  /// `cookiecutter.json`, or `ccds.json`.
  let file: FilePath
  let isDataScience: Bool
  /// The keys as the template has them, when answers of an older version are joined with new ones.
  private var order: [String]?
  /// A default of the user's that the template does not take.
  private(set) var warning: String?

  /// - Parameter recorded: the answers of a project that is there, which are taken as they are; nil for a new one.
  init(
    source: TemplateSource, configuration: UserConfiguration, request: ScaffoldRequest,
    recorded: AnswerMap? = nil
  ) throws {
    self.source = source
    self.configuration = configuration
    self.request = request
    let own = source.folder.appending("ccds.json")
    isDataScience = FileSystem.isFile(own)
    file = isDataScience ? own : source.folder.appending("cookiecutter.json")
    variables = AnswerMap(isOrdered: true)
    asked = AnswerMap(isOrdered: true)
    var replayed: AnswerMap?
    if request.replay != nil { replayed = try ReplayFile.load(replayFile(saving: false)) }
    var declared = try Self.read(file)
    do {
      try AnswerOverrides.apply(configuration.defaultContext, to: &declared)
    } catch { warning = error.message }
    if replayed == nil {
      var overrides = request.overrides
      do {
        if isDataScience { try DataScienceOverrides.apply(&overrides, to: &declared) }
        MultipleOverrides.apply(&overrides, to: &declared)
        try AnswerOverrides.apply(overrides, to: &declared)
      } catch { throw Failure(.invalid, error.message, hint: "see \(file)") }
    }
    if let recorded {
      order = declared.entries.map(\.key)
      variables["cookiecutter"] = .map(
        AnswerMap(recorded.entries.filter { declared.contains($0.key) }, isOrdered: true))
      asked = AnswerMap(
        declared.entries.filter { !recorded.contains($0.key) }, isOrdered: true)
    } else if let replayed, let answers = replayed["cookiecutter"]?.map {
      variables = replayed
      asked = AnswerMap(
        declared.entries.filter { !answers.contains($0.key) }, isOrdered: false)
    } else {
      variables["cookiecutter"] = .map(declared)
      asked = declared
    }
    let visible = (variables["cookiecutter"]?.map ?? AnswerMap()).entries.filter {
      !$0.key.hasPrefix("_")
    }
    variables["_cookiecutter"] = .map(AnswerMap(visible))
  }

  var cookiecutter: AnswerMap { variables["cookiecutter"]?.map ?? AnswerMap() }

  /// What may be written to a file of answers: all but secrets, which are asked anew.
  var remembered: AnswerMap {
    let plan = QuestionPlan(cookiecutter)
    var variables = variables
    for name in ["cookiecutter", "_cookiecutter"] {
      guard let map = variables[name]?.map else { continue }
      let open = map.entries.filter { plan.type($0.key) != .secret }
      guard open.count < map.entries.count else { continue }
      variables[name] = .map(AnswerMap(open, isOrdered: map.isOrdered))
    }
    return variables
  }

  /// Whether the template only holds other templates.
  var isNested: Bool { cookiecutter.contains("template") || cookiecutter.contains("templates") }

  /// Where the answers are kept, by the name of the template's folder; or of the file that they came from.
  func replayFile(saving: Bool) throws -> FilePath {
    let folder = try FileSystem.absolute(
      FilePath(configuration.replayFolder), in: request.workingFolder)
    let name = source.folder.lastComponent?.string ?? "template"
    guard case .file(let text)? = request.replay else { return ReplayFile.path(folder, name) }
    let path = try FileSystem.absolute(FilePath(text), in: request.workingFolder)
    // Python's splitext, then the extension put back.
    let base = path.lastComponent?.stem ?? "replay"
    return ReplayFile.path(saving ? folder : path.removingLastComponent(), base)
  }

  private static func read(_ file: FilePath) throws -> AnswerMap {
    let value: Answer
    do { value = try PythonJSONReader.read(FileSystem.read(file, limit: 1 << 26)) } catch let error
      as PythonJSONReader.Invalid
    {
      throw Failure(
        .parse,
        "JSON decoding error while loading '\(file)'. Decoding error details: '\(error.message)'",
        at: SourceLocation(file: file.string, line: error.line, column: error.column))
    }
    guard let map = value.map else {
      throw Failure(
        .invalid, "`\(file)` must hold an object", hint: "begin it with { and end it with }",
        at: SourceLocation(file: file.string, line: 1, column: 1))
    }
    return map
  }

  /// Asks what is to be asked, and adds what cookiecutter says of itself.
  mutating func collect(
    asker: inout some Asker, extensions: ExtensionLoader, template: String
  ) throws {
    var answers = cookiecutter
    if !asked.entries.isEmpty {
      // The options and extensions of what is asked hold, as in cookiecutter.
      let engine = try ScaffoldEngine(
        variables: asked, rules: rules(isForAnswers: true), loader: nil, extensions: extensions)
      var shown = variables
      if request.replay != nil { shown = AnswerMap([.init("cookiecutter", .map(asked))]) }
      var visible = shown["cookiecutter"]?.map ?? AnswerMap()
      visible["__prompts__"] = nil
      shown["cookiecutter"] = .map(visible)
      var collector = AnswerCollector(
        engine: engine, context: shown, known: order == nil ? nil : answers,
        asksNothing: request.asksNothing, isDataScience: isDataScience, file: file.string,
        asker: asker)
      let collected = try collector.collect(asked)
      asker = collector.asker
      if request.replay == nil { answers["__prompts__"] = nil }
      answers.update(collected)
    }
    if let order {
      let entries = order.compactMap { key in answers[key].map { AnswerMap.Entry(key, $0) } }
      answers = AnswerMap(entries, isOrdered: true)
    }
    answers["_template"] = .string(template)
    answers["_output_dir"] = .string(
      try FileSystem.absolute(FilePath(request.outputFolder), in: request.workingFolder).string)
    answers["_repo_dir"] = .string(source.folderText)
    answers["_checkout"] = request.checkout.map { .string($0) } ?? Answer.none
    variables["cookiecutter"] = .map(answers)
  }

  func rules(isForAnswers: Bool) -> ScaffoldEngine.Rules {
    ScaffoldEngine.Rules(
      isStrict: !isDataScience, keepsTrailingNewline: !(isDataScience && isForAnswers))
  }
}
