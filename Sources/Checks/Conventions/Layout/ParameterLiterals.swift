import Projects
import Python

/// Hyper-parameters that MLproject declares, and that its scripts do not take from there: `Ridge(alpha=0.5)`.
///
/// What an entry point's command runs is looked at: `python train.py`, `python -m package.train`. A literal counts as the
/// argument of a call, as the value of a variable of the module that nothing else sets, and, for numbers, below a key of a
/// dictionary. Defaults are none, neither of functions nor of command lines.
struct ParameterLiterals {
  private let source: PythonSource
  private let tree: Tree
  /// The declared names, as Python writes them.
  private let names: Set<String>

  /// Looks at the scripts of one MLproject.
  ///
  /// - Parameter path: of the MLproject.
  static func check(
    _ path: String, _ project: ProjectFiles, _ report: (ProjectFinding) -> Void
  ) {
    guard let bytes = project.read(path),
      let manifest = try? Manifest(parsing: bytes, file: path)
    else { return }
    let folder = path.split(separator: "/").dropLast().map { $0 + "/" }.joined()
    var parameters: [String: Set<String>] = [:]
    for entry in manifest.entryPoints {
      let names = entry.parameters.map { $0.name.split(separator: "-").joined(separator: "_") }
      for script in scripts(entry.command ?? "") {
        parameters[folder + script, default: []].formUnion(names)
      }
    }
    for (script, names) in parameters.sorted(by: { $0.key < $1.key }) where !names.isEmpty {
      guard project.checked.contains(script), let bytes = project.read(script) else { continue }
      let source = PythonSource(path: script, bytes: bytes)
      ParameterLiterals(source: source, tree: source.tree, names: names).run { name, node in
        let place = source.tree.place(of: node)
        report(
          ProjectFinding(
            nil, script, line: place.line, column: place.column,
            ["name": name, "value": source.tree.text(node), "file": path]))
      }
    }
  }

  /// The files of Python that a command runs.
  private static func scripts(_ command: String) -> [String] {
    let words = command.split { $0.isWhitespace || $0 == ";" || $0 == "&" || $0 == "|" }
      .map { $0.filter { $0 != "'" && $0 != "\"" } }
    var found: [String] = []
    for (index, word) in words.enumerated() where !word.contains("{") {
      if word.hasSuffix(".py"), !word.hasPrefix("/") {
        found.append(word.hasPrefix("./") ? String(word.dropFirst(2)) : word)
      } else if word == "-m", index + 1 < words.count {
        let module = words[index + 1].split(separator: ".").joined(separator: "/")
        found += [module + ".py", module + "/__main__.py"]
        found += found.suffix(2).map { "src/" + $0 }
      }
    }
    return found
  }

  private func run(_ report: (String, NodeID) -> Void) {
    for keyword in source.nodes(.keyword) {
      guard let name = tree.name(of: keyword), names.contains(name),
        let value = tree.child(0, of: keyword), isLiteral(value),
        let call = tree.parent(of: keyword), tree.kind(call) == .call, !isOther(call)
      else { continue }
      report(name, value)
    }
    for dict in source.nodes(.dict) {
      var items = tree.children(of: dict)
      while let key = items.next() {
        guard tree.kind(key) != .doubleStarred, let value = items.next() else { continue }
        guard let name = tree.stringValue(of: key), names.contains(name), isNumber(value) else {
          continue
        }
        report(name, value)
      }
    }
    for id in source.scopes.bindings(in: 0) {
      // A variable that something else sets too has the literal for its default.
      guard source.scopes.bindings[id].kind == .assignment,
        source.scopes.bindings[id].shadowed == nil,
        case let statement = source.scopes.bindings[id].statement,
        tree.targets(of: statement).count == 1,
        tree.kind(statement) == .assign || tree.kind(statement) == .annotatedAssign,
        let value = tree.value(of: statement), isLiteral(value),
        let target = tree.targets(of: statement).first, tree.kind(target) == .name
      else { continue }
      let name = tree.text(target)
      if names.contains(name)
        || name.allSatisfy({ !$0.isLowercase }) && names.contains(name.lowercased())
      {
        report(name, value)
      }
    }
  }

  private func isNumber(_ node: NodeID) -> Bool {
    switch tree.kind(node) {
    case .number: true
    case .unaryOperation: tree.operand(of: node).map { tree.kind($0) == .number } ?? false
    default: false
    }
  }

  private func isLiteral(_ node: NodeID) -> Bool {
    switch tree.kind(node) {
    case .string, .trueConstant, .falseConstant: true
    default: isNumber(node)
    }
  }

  /// Whether a call means something else by the name: a command line's default, or how a picture looks.
  private func isOther(_ call: NodeID) -> Bool {
    let function = tree.function(of: call)
    let name = source.names.name(of: function) ?? tree.text(function)
    if Self.others.contains(where: { name.hasPrefix($0) }) { return true }
    return name.split(separator: ".").last.map { Self.methods.contains(String($0)) } ?? false
  }

  private static let others = ["matplotlib.", "seaborn.", "plotly.", "bokeh.", "altair.", "click."]
  private static let methods: Set<String> = [
    "add_argument", "set_defaults", "option", "plot", "scatter", "hist", "bar", "barh", "boxplot",
    "fill_between", "axhline", "axvline", "axhspan", "axvspan", "imshow", "legend", "grid", "text",
    "annotate", "contour", "contourf", "pcolormesh", "subplots", "figure", "savefig",
  ]
}
