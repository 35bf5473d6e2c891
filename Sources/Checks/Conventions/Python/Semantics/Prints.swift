import Platform
import Python

/// T201, T203 and G001 to G004: output that is no logging, and logging that formats too early.
struct Prints: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let tree = source.tree
    let importsLog = source.nodes(.importFrom).contains { node in
      tree.child(0, of: node).map { source.spells($0, "logging") } ?? false
    }
    for call in source.nodes(.call) {
      let function = tree.function(of: call)
      switch tree.kind(function) {
      case .name, .attribute: break
      default: continue
      }
      let last = tree.tokens[tree.tokenRange(of: function).upperBound - 1].range
      guard last.count >= 3, last.count <= 9 || importsLog,
        Self.letters.contains(source.bytes[last.lowerBound]) || importsLog
      else { continue }
      let name = source.bytes[last]
      if name.elementsEqual("print".utf8) || name.elementsEqual("pprint".utf8) {
        checkPrint(call, function, source, report)
      } else if tree.kind(function) == .name {
        if importsLog { checkLog(call, function, source, report) }
      } else if Self.levels.contains(where: name.elementsEqual) {
        checkLog(call, function, source, report)
      }
    }
  }

  /// What the names that matter begin with.
  private static let letters = Array("pdceiwl".utf8)

  private static let levels: [String.UTF8View] = [
    "debug", "critical", "error", "exception", "info", "warn", "warning", "log",
  ].map(\.utf8)

  private func checkPrint(
    _ call: NodeID, _ function: NodeID, _ source: PythonSource, _ report: (PythonFinding) -> Void
  ) {
    let code: String
    let option: String
    switch source.qualifiedName(function) {
    case "builtins.print": (code, option) = ("T201", "file")
    case "pprint.pprint": (code, option) = ("T203", "stream")
    default: return
    }
    if let output = source.tree.argument(option, of: call),
      source.tree.kind(output) != .noneConstant
    {
      let name = source.qualifiedName(output)
      guard name == "sys.stdout" || name == "sys.stderr" else { return }
    }
    report(PythonFinding(code, source.tree.range(of: function)))
  }

  private func checkLog(
    _ call: NodeID, _ function: NodeID, _ source: PythonSource, _ report: (PythonFinding) -> Void
  ) {
    let tree = source.tree
    let place: Int
    if tree.kind(function) == .name {
      guard let id = source.scopes.binding(of: function), source.scopes.bindings[id].isImport,
        let name = source.qualifiedName(function), name.hasPrefix("logging."),
        Self.levels.contains(where: { $0.elementsEqual(name.dropFirst(8).utf8) })
      else { return }
      place = name == "logging.log" ? 1 : 0
    } else {
      guard isLogger(function, source) else { return }
      place = tree.name(of: function) == "log" ? 1 : 0
    }
    let arguments = tree.positionalArguments(of: call)
    guard
      let message = tree.argument("msg", of: call)
        ?? (place < arguments.count ? arguments[place] : nil),
      !arguments.prefix(place + 1).contains(where: { tree.kind($0) == .starred })
    else { return }
    let code: String
    switch tree.kind(message) {
    case .binaryOperation where tree.operation(of: message) == .plus: code = "G003"
    case .binaryOperation where tree.operation(of: message) == .percent: code = "G002"
    case .joinedString: code = "G004"
    case .call:
      let format = tree.function(of: message)
      guard tree.kind(format) == .attribute, tree.name(of: format) == "format",
        let value = tree.operand(of: format)
      else { return }
      switch tree.kind(value) {
      case .string, .bytes, .number, .noneConstant, .trueConstant, .falseConstant, .ellipsis:
        code = "G001"
      default: return
      }
    default: return
    }
    report(PythonFinding(code, tree.range(of: message)))
  }

  /// Whether a method is probably one of a logger: `logging.info`, `self.logger.info`.
  private func isLogger(_ function: NodeID, _ source: PythonSource) -> Bool {
    let tree = source.tree
    guard let value = tree.operand(of: function) else { return false }
    if tree.kind(value) == .call {
      let name = source.qualifiedName(tree.function(of: value))
      return name == "logging.getLogger" || name == "logging.Logger"
    }
    if let name = source.qualifiedName(value) {
      return name == "logging" || name == "flask.current_app.logger"
    }
    guard let tail = tree.dottedName(of: value)?.last else { return false }
    return tail.hasPrefix("log") || tail.hasSuffix("logger") || tail.hasSuffix("logging")
      || tail.hasPrefix("LOG") || tail.hasSuffix("LOGGER") || tail.hasSuffix("LOGGING")
  }
}
