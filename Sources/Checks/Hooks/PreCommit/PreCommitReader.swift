import Formats
import Platform

/// Reads a `.pre-commit-config.yaml`.
struct PreCommitReader {
  let file: String
  let expressions: PythonExpressions
  private(set) var warnings: [Failure] = []
  private var defaultStages = PreCommitConfig.stages

  private static let rootKeys = [
    "repos", "default_install_hook_types", "default_language_version", "default_stages", "files",
    "exclude", "fail_fast", "minimum_pre_commit_version", "ci",
  ]
  private static let hookKeys = [
    "id", "name", "entry", "language", "alias", "files", "exclude", "types", "types_or",
    "exclude_types", "additional_dependencies", "args", "always_run", "fail_fast", "pass_filenames",
    "description", "language_version", "log_file", "minimum_pre_commit_version", "require_serial",
    "stages", "verbose",
  ]

  init(file: String, expressions: PythonExpressions) {
    self.file = file
    self.expressions = expressions
  }

  mutating func config(_ root: YAMLNode) throws(ParseFailure) -> PreCommitConfig {
    let fields = try PreCommitFields(root, "the configuration")
    var config = PreCommitConfig()
    warn(fields.unknown(Self.rootKeys), known: Self.rootKeys, "the configuration")
    for key in ["minimum_pre_commit_version"] { _ = try fields.text(key) }
    config.files = try expression(fields, "files") ?? ""
    config.exclude = try expression(fields, "exclude") ?? "^$"
    config.failFast = try fields.bool("fail_fast") ?? false
    defaultStages = try stages(fields, "default_stages") ?? PreCommitConfig.stages
    _ = try stages(fields, "default_install_hook_types")
    if let versions = fields["default_language_version"] {
      _ = try PreCommitFields(versions, "`default_language_version`")
    }
    guard let repositories = fields["repos"] else {
      throw root.failure("the configuration needs `repos`")
    }
    guard let items = repositories.items else {
      throw repositories.failure("`repos` is a list of repositories")
    }
    for item in items { config.hooks += try repository(item) }
    return config
  }

  private mutating func repository(_ node: YAMLNode) throws(ParseFailure) -> [PreCommitHook] {
    let fields = try PreCommitFields(node, "a repository")
    let address = try fields.required("repo", of: "a repository")
    let isCloned = address != "local" && address != "meta"
    warn(
      fields.unknown(["repo", "rev", "hooks"]), known: ["repo", "rev", "hooks"], "a repository")
    if isCloned {
      _ = try fields.required("rev", of: "the repository `\(address)`")
    } else if let rev = fields.fields.first(where: { $0.key == .string("rev") }) {
      throw rev.keyNode.failure("`repo: \(address)` has no `rev`", hint: "remove it")
    }
    guard let hooks = fields["hooks"] else { throw node.failure("a repository needs `hooks`") }
    guard let items = hooks.items else { throw hooks.failure("`hooks` is a list of hooks") }
    var found: [PreCommitHook] = []
    for item in items { found.append(try hook(item, in: address)) }
    return found
  }

  private mutating func hook(
    _ node: YAMLNode, in repository: String
  ) throws(ParseFailure) -> PreCommitHook {
    let fields = try PreCommitFields(node, "a hook")
    let id = try fields.required("id", of: "a hook")
    let isLocal = repository == "local"
    warn(fields.unknown(Self.hookKeys), known: Self.hookKeys, "the hook `\(id)`")
    if isLocal {
      for key in ["name", "entry", "language"] { _ = try fields.required(key, of: "a local hook") }
    }
    let place = fields["id"] ?? node
    var hook = PreCommitHook(
      repository: repository, id: id, name: try fields.text("name") ?? id,
      location: SourceLocation(file: file, line: place.mark.line, column: place.mark.column))
    hook.entry = try fields.text("entry")
    hook.alias = try fields.text("alias") ?? ""
    hook.language = try language(fields)
    hook.arguments = try fields.texts("args")?.map(\.text) ?? []
    hook.files = try expression(fields, "files") ?? ""
    hook.exclude = try expression(fields, "exclude") ?? "^$"
    hook.types = try tags(fields, "types") ?? ["file"]
    hook.typesOr = try tags(fields, "types_or") ?? []
    hook.excludeTypes = try tags(fields, "exclude_types") ?? []
    hook.alwaysRun = try fields.bool("always_run") ?? false
    hook.failFast = try fields.bool("fail_fast") ?? false
    hook.passedNames = try names(fields)
    hook.logFile = try fields.text("log_file") ?? ""
    hook.requireSerial = try fields.bool("require_serial") ?? false
    hook.isVerbose = try fields.bool("verbose") ?? false
    let own = try stages(fields, "stages") ?? []
    hook.stages = own.isEmpty ? defaultStages : own
    for key in ["description", "language_version", "minimum_pre_commit_version"] {
      _ = try fields.text(key)
    }
    _ = try fields.texts("additional_dependencies")
    try check(hook, fields)
    return hook
  }

  /// What can be told only of a hook that is run here.
  private mutating func check(
    _ hook: PreCommitHook, _ fields: PreCommitFields
  ) throws(ParseFailure) {
    guard let runner = hook.runner, let entry = hook.entry, let node = fields["entry"] else {
      return
    }
    switch runner {
    case .system, .script:
      let words: [String]
      do { words = try ShellSplitting.words(entry) } catch { throw node.failure(error.message) }
      guard !words.isEmpty else { throw node.failure("`entry` is no command: it is empty") }
    case .search:
      do {
        _ = try PygrepSearch(entry: entry, arguments: hook.arguments, expressions)
      } catch { throw node.failure(error.message) }
    case .failure: break
    }
    for key in ["additional_dependencies", "language_version"] {
      guard let field = fields[key], let language = hook.language else { continue }
      if try fields.texts("additional_dependencies")?.isEmpty ?? true,
        key == "additional_dependencies" || field.text == "default"
      {
        continue
      }
      warn("`\(key)` means nothing to the language `\(language)`", field)
    }
  }

  private func language(_ fields: PreCommitFields) throws(ParseFailure) -> String? {
    guard let name = try fields.text("language"), let node = fields["language"] else { return nil }
    let language = ["system": "unsupported", "script": "unsupported_script"][name] ?? name
    guard PreCommitConfig.languages.contains(language) else {
      let near = nearestName(to: name, among: PreCommitConfig.languages + ["system", "script"])
      throw node.failure(
        "there is no language `\(name)`", hint: near.map { "did you mean `\($0)`?" })
    }
    return language
  }

  private func names(_ fields: PreCommitFields) throws(ParseFailure) -> PreCommitHook.Names {
    guard let node = fields["pass_filenames"] else { return .all }
    switch try node.value() {
    case .bool(let isPassed): return isPassed ? .all : .none
    case .int(let count):
      if let count = Int(exactly: count), count > 0 { return .atMost(count) }
    default: break
    }
    throw node.failure("`pass_filenames` is true, false, or how many at most")
  }

  private func expression(
    _ fields: PreCommitFields, _ key: String
  ) throws(ParseFailure) -> String? {
    guard let text = try fields.text(key), let node = fields[key] else { return nil }
    do {
      _ = try HookExpression(text, expressions)
    } catch {
      throw node.failure("`\(key)` is no regular expression: \(error.message)")
    }
    return text
  }

  private func tags(_ fields: PreCommitFields, _ key: String) throws(ParseFailure) -> [String]? {
    guard let texts = try fields.texts(key) else { return nil }
    for (tag, node) in texts where !FileTagTable.tags.contains(tag) {
      let near = nearestName(to: tag, among: FileTagTable.tags.sorted())
      throw node.failure(
        "there is no type `\(tag)` of files", hint: near.map { "did you mean `\($0)`?" })
    }
    return texts.map(\.text)
  }

  private mutating func stages(
    _ fields: PreCommitFields, _ key: String
  ) throws(ParseFailure) -> [String]? {
    guard let texts = try fields.texts(key) else { return nil }
    let old = ["commit": "pre-commit", "merge-commit": "pre-merge-commit", "push": "pre-push"]
    var stages: [String] = []
    for (name, node) in texts {
      let stage = old[name] ?? name
      guard PreCommitConfig.stages.contains(stage) else {
        let near = nearestName(to: name, among: PreCommitConfig.stages)
        throw node.failure(
          "there is no stage `\(name)`", hint: near.map { "did you mean `\($0)`?" })
      }
      if stage != name { warn("the stage `\(name)` is called `\(stage)` by now", node) }
      stages.append(stage)
    }
    return stages
  }

  private mutating func warn(
    _ unknown: [(name: String, node: YAMLNode)], known: [String], _ what: String
  ) {
    for (name, node) in unknown {
      let near = nearestName(to: name, among: known)
      warn("\(what) has no key `\(name)`", node, hint: near.map { "did you mean `\($0)`?" })
    }
  }

  private mutating func warn(_ message: String, _ node: YAMLNode, hint: String? = nil) {
    warnings.append(node.failure(message, hint: hint).failure(in: file))
  }
}
