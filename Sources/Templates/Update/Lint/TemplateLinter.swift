import Formats
import Platform
import SystemPackage

/// Finds every problem of a template at once, without asking anything.
package struct TemplateLinter {
  private let template: FilePath
  private let variables: [String: String]
  private let kind: ScaffoldState.Kind
  private var findings: [TemplateFinding] = []
  private var usedKeys: Set<String> = []
  /// The declared questions, in order, with the values of those that are choices.
  private var questions: [(name: String, choices: [String]?)] = []
  /// Where the questions are declared.
  private var file = "cookiecutter.json"
  /// The questions that are not yet answered where a text is rendered: those behind the one that it belongs to.
  private var later: Set<String> = []
  /// Private variables that are empty, so that a file named by one alone is not made.
  private var empty: Set<String> = []

  /// - Parameter template: the folder that holds `cookiecutter.json`, `ccds.json` or `copier.yml`.
  package init(template: FilePath, variables: [String: String]) {
    self.template = template
    self.variables = variables
    kind = TemplateKind.of(template)
  }

  /// All findings, by file, line and column.
  ///
  /// - Throws: ``Failure`` when the folder is no template, or its declaration cannot be read.
  package static func findings(
    _ template: FilePath, variables: [String: String]
  ) throws -> [TemplateFinding] {
    var linter = TemplateLinter(template: template, variables: variables)
    switch linter.kind {
    case .cookiecutter: try linter.lintCookiecutter()
    case .copier: try linter.lintCopier()
    }
    linter.reportUnused()
    return linter.findings.sorted { a, b in
      let (x, y) = (a.location, b.location)
      if x.file != y.file { return x.file < y.file }
      return (x.line ?? 0, x.column ?? 0) < (y.line ?? 0, y.column ?? 0)
    }
  }

  // MARK: Cookiecutter

  private mutating func lintCookiecutter() throws {
    let names = ["ccds.json", "cookiecutter.json"]
    guard let name = names.first(where: { FileSystem.isFile(template.appending($0)) }) else {
      throw Failure(
        .notFound, "`\(template)` holds no template",
        hint: "a template is a folder with cookiecutter.json, ccds.json or copier.yml")
    }
    file = name
    let declared = try TemplateQuestions.declared(in: template)
    empty = Set(declared.entries.filter { $0.value.string == "" }.map(\.key))
    for entry in declared.entries where !entry.key.hasPrefix("_") {
      let choices = entry.value.list?.map(\.pythonText)
      questions.append(
        (entry.key, choices.flatMap { $0.contains { $0.contains("{{") } ? nil : $0 }))
    }
    let extensions = ExtensionLoader(template: template, variables: variables)
    let engine = try ScaffoldEngine(
      variables: declared, rules: .init(), loader: nil, extensions: extensions)
    let environment = engine.environment
    let text = try FileSystem.readText(template.appending(name))
    // Maps come last, and see all else.
    let order = declared.entries.filter { $0.value.map == nil }.map(\.key)
    for entry in declared.entries where entry.key.hasPrefix("__") || !entry.key.hasPrefix("_") {
      later = Set(order.firstIndex(of: entry.key).map { order[$0...] } ?? [])
      if ["__prompts__", "__when__", "__validators__", "__help__"].contains(entry.key) {
        later = []
      }
      for source in Self.texts(entry.value) {
        lint(Array(source.utf8), environment, name, at: Self.line(of: entry.key, in: text))
      }
    }
    later = []
    let root = try ProjectRoot.name(in: template, engine.options)
    let copied = (declared["_copy_without_render"]?.list ?? []).map { Array($0.pythonText.utf8) }
    lint(Array(root.utf8), environment, root, at: nil)
    try walk(root, environment, suffix: "") { path in
      let relative = path.utf8.dropFirst(root.utf8.count + 1)
      return copied.contains { Wildcards.matches($0, Array(relative)) }
    }
    for folder in ["hooks", "templates"] where FileSystem.isDirectory(template.appending(folder)) {
      try walk(folder, environment, suffix: "") { path in
        folder == "hooks" && path.utf8.elementsEqual("hooks/pre_prompt.py".utf8)
      }
    }
  }

  private static func texts(_ value: Answer) -> [String] {
    switch value {
    case .string(let text): [text]
    case .list(let items): items.flatMap(texts)
    case .map(let map): map.entries.flatMap { [$0.key] + texts($0.value) }
    default: []
    }
  }

  /// The line in which a key of the declaration stands.
  private static func line(of key: String, in text: String) -> Int? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() {
      let trimmed = line.drop { $0 == " " || $0 == "\t" || $0 == "{" }
      if trimmed.hasPrefix("\"\(key)\"") || trimmed.hasPrefix("\(key):") { return number + 1 }
    }
    return nil
  }

  // MARK: Copier

  private mutating func lintCopier() throws {
    let configuration = try CopierConfiguration(in: template)
    file = configuration.file ?? "copier.yml"
    let engine = try CopierEngine(configuration, template: template)
    let text = try FileSystem.readText(template.appending(file))
    for (name, details) in configuration.questions {
      var choices: [String]?
      if let list = details["choices"], list.plainText == nil {
        choices = (list.pairs?.map(\.value) ?? list.items ?? []).map { item in
          item["value"]?.pythonText ?? item.items?.last?.pythonText ?? item.pythonText
        }
      }
      questions.append((name, choices))
    }
    for (place, (name, details)) in configuration.questions.enumerated() {
      // A validator sees the answer itself.
      later = Set(configuration.questions[(place + 1)...].map(\.name))
      for source in Self.texts(details) {
        lint(Array(source.utf8), engine.environment, file, at: Self.line(of: name, in: text))
      }
    }
    later = []
    for (key, value) in configuration.settings.sorted(by: { $0.key < $1.key }) {
      for source in Self.texts(value) {
        lint(Array(source.utf8), engine.environment, file, at: Self.line(of: "_" + key, in: text))
      }
    }
    let folder = configuration.text("subdirectory") ?? ""
    let isTemplated = folder.contains("{")
    let file = self.file
    try walk(isTemplated ? "" : folder, engine.environment, suffix: configuration.suffix) { path in
      path == file || path.hasPrefix(".git/")
    }
  }

  private static func texts(_ value: ContextValue) -> [String] {
    if let text = value.plainText { return [text] }
    if let items = value.items { return items.flatMap(texts) }
    return value.pairs?.flatMap { texts($0.value) } ?? []
  }

  // MARK: Files

  private mutating func walk(
    _ folder: String, _ environment: TemplateEnvironment, suffix: String,
    skipping: (String) -> Bool
  ) throws {
    var places: [(String, FilePath)] = []
    let prefix = folder.isEmpty ? [] : Array((folder + "/").utf8)
    try RenderedTree.walk(template.pushing(FilePath(folder)), prefix) { path, place in
      places.append((path.description, place))
    }
    for (path, place) in places where !skipping(path) {
      lint(Array(path.utf8), environment, path, at: nil)
      guard suffix.isEmpty || path.hasSuffix(suffix), FileSystem.isFile(place) else { continue }
      let content = try FileSystem.read(place)
      if FileKind.isBinary(name: path, content: content) || isNeverMade(path) { continue }
      lint(content, environment, path, at: 0)
    }
  }

  /// Whether a part of a path is a variable that is always empty: such files are for another program.
  private func isNeverMade(_ path: String) -> Bool {
    path.split(separator: "/").contains { step in
      guard step.hasPrefix("{{"), step.hasSuffix("}}") else { return false }
      let words = step.dropFirst(2).dropLast(2).filter { $0 != " " }.split(separator: ".")
      return words.count == 2 && words[0] == "cookiecutter" && words[1].hasPrefix("__")
        && empty.contains(String(words[1]))
    }
  }

  /// One text with templates in it.
  ///
  /// - Parameter start: how many lines of the file stand before it; nil when its lines say nothing.
  private mutating func lint(
    _ source: [UInt8], _ environment: TemplateEnvironment, _ file: String, at start: Int?
  ) {
    let isWhole = start == 0
    func location(_ line: Int?, _ column: Int?) -> SourceLocation {
      SourceLocation(file: file, line: isWhole ? line : start, column: isWhole ? column : nil)
    }
    let text = SourceText(source, keepTrailingNewline: true)
    let names: TemplateNames
    do throws(TemplateError) {
      var parser = try Parser(source: text, environment: environment)
      names = TemplateNames(try parser.template())
    } catch {
      findings.append(
        TemplateFinding(
          rule: .syntax, message: error.message, location: location(error.line, error.column),
          isError: true))
      return
    }
    for use in names.uses {
      note(
        use, location(use.line, SourceColumn.column(of: use.offset, in: text.bytes)), environment)
    }
    for comparison in names.comparisons {
      check(
        comparison,
        location(comparison.line, SourceColumn.column(of: comparison.offset, in: text.bytes)))
    }
  }

  /// What cookiecutter and copier themselves give templates.
  private static let given: Set<String> = [
    "_copier_answers", "_copier_conf", "_copier_operation", "_copier_phase", "_copier_python",
    "_folder_name", "_external_data", "_src_path", "_commit", "_stage", "now", "make_secret",
    "UNSET",
    "_version_from", "_version_to", "_version_current", "_version_pep440_from",
    "_version_pep440_to", "_version_pep440_current", "item",
  ]

  private mutating func note(
    _ use: TemplateNames.Use, _ location: SourceLocation, _ environment: TemplateEnvironment
  ) {
    if environment.library.globals[Text(use.name)] != nil { return }
    var key = use.name
    if kind == .cookiecutter {
      guard use.name == "cookiecutter" || use.name == "_cookiecutter" else {
        return report(use, "`\(use.name)` is not defined", location)
      }
      guard let first = use.path.first else {
        // The whole map is used: everything in it may be.
        usedKeys.formUnion(questions.map(\.name))
        return
      }
      key = first
      if key.hasPrefix("_"), !later.contains(key) { return }
    } else if Self.given.contains(key) {
      return
    }
    usedKeys.insert(key)
    if later.contains(key) {
      return report(use, "`\(key)` has no answer yet here: its question comes later", location)
    }
    guard !questions.contains(where: { $0.name == key }) else { return }
    // Methods of a dict.
    if kind == .cookiecutter, ["items", "keys", "values", "get", "update", "pop"].contains(key) {
      usedKeys.formUnion(questions.map(\.name))
      return
    }
    let near = nearestName(to: key, among: questions.map(\.name))
    report(
      use,
      "`\(key)` is no question of the template" + (near.map { "; did you mean `\($0)`?" } ?? ""),
      location)
  }

  private mutating func report(
    _ use: TemplateNames.Use, _ message: String, _ location: SourceLocation
  ) {
    guard !use.isGuarded else { return }
    findings.append(
      TemplateFinding(
        rule: .undefined, message: message, location: location,
        // In templates of cookiecutter-data-science and copier what is not defined is empty.
        isError: kind == .cookiecutter && file != "ccds.json"))
  }

  private mutating func check(
    _ comparison: TemplateNames.Comparison, _ location: SourceLocation
  ) {
    var path = comparison.path[...]
    if kind == .cookiecutter {
      guard path.popFirst() == "cookiecutter" else { return }
    }
    guard path.count == 1, let key = path.first,
      let question = questions.first(where: { $0.name == key }), let choices = question.choices,
      // What was not asked may be empty.
      !choices.isEmpty, !comparison.text.isEmpty, !choices.contains(comparison.text)
    else { return }
    let all = choices.joined(separator: ", ")
    findings.append(
      TemplateFinding(
        rule: .unreachable,
        message:
          "`\(comparison.text)` is no choice of `\(key)`, which it never equals (\(all))",
        location: location, isError: false))
  }

  private mutating func reportUnused() {
    let text = (try? FileSystem.readText(template.appending(file))) ?? ""
    for question in questions where !usedKeys.contains(question.name) {
      findings.append(
        TemplateFinding(
          rule: .unused, message: "nothing uses the answer to `\(question.name)`",
          location: SourceLocation(file: file, line: Self.line(of: question.name, in: text)),
          isError: false))
    }
  }
}

/// Python's `fnmatch`, in which `*` crosses slashes.
private enum Wildcards {
  static func matches(_ pattern: [UInt8], _ path: [UInt8]) -> Bool {
    // A folder that is copied covers all below it.
    let ends = path.indices.filter { path[$0] == UInt8(ascii: "/") } + [path.count]
    let deep = pattern.flatMap { $0 == UInt8(ascii: "*") ? [$0, $0] : [$0] }
    return ends.contains { ShellPattern.matches(deep, Array(path[..<$0])) }
  }
}
