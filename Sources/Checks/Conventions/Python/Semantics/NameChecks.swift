import Platform
import Python

/// F403 and F405: `from … import *`, and the names that may come from one.
struct StarImports: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let tree = source.tree
    var isStarred = false
    for alias in source.nodes(.alias)
    where tree.tokens[tree.tokenRange(of: alias).lowerBound].kind == .star {
      guard let statement = tree.parent(of: alias) else { continue }
      isStarred = true
      let dots = String(repeating: ".", count: tree.importLevel(of: statement))
      report(
        PythonFinding(
          "F403", tree.range(of: statement),
          ["name": dots + (tree.importModule(of: statement) ?? "")]))
    }
    guard isStarred else { return }
    let scopes = source.scopes
    let unresolved = Set(scopes.unresolved)
    for (id, reference) in scopes.references.enumerated()
    where reference.binding == nil && !unresolved.contains(id) {
      let name = scopes.name(reference.symbol)
      guard !["__class__", "__module__", "__qualname__"].contains(name),
        hasStar(scopes, reference.scope)
      else { continue }
      report(PythonFinding("F405", reference.range, ["name": name]))
    }
    guard let exports = scopes.exports, scopes.scopes[0].hasStarImport else { return }
    for (name, node) in exports where scopes.binding(named: name) == nil {
      report(PythonFinding("F405", tree.range(of: node), ["name": name]))
    }
  }

  private func hasStar(_ scopes: Scopes, _ scope: ScopeID) -> Bool {
    var current: ScopeID? = scope
    while let id = current {
      if scopes.scopes[id].hasStarImport { return true }
      current = scopes.scopes[id].parent
    }
    return false
  }
}

/// F821, F822 and F823: names that nothing binds.
struct UndefinedNames: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let scopes = source.scopes
    for id in scopes.undefinedNames() {
      let reference = scopes.references[id]
      report(PythonFinding("F821", reference.range, ["name": scopes.name(reference.symbol)]))
    }
    if !source.isPackage {
      for (name, node) in scopes.undefinedExports {
        report(PythonFinding("F822", source.tree.range(of: node), ["name": name]))
      }
    }
    for scope in scopes.scopes.indices where scopes.scopes[scope].kind == .function {
      for id in scopes.bindings(in: scope) {
        guard let hidden = scopes.bindings[id].hidden,
          scopes.bindings[id].flags.isDisjoint(with: [.isGlobal, .isNonlocal]),
          let use = scopes.bindings[hidden].references.first(where: {
            scopes.references[$0].scope == scope && !isDeferred(scopes.references[$0], source)
          })
        else { continue }
        report(
          PythonFinding("F823", scopes.references[use].range, ["name": scopes.name(of: id)]))
      }
    }
  }
}

extension UndefinedNames {
  /// Whether a name is in a type that is looked at late, where names of the module go first.
  private func isDeferred(_ reference: Reference, _ source: PythonSource) -> Bool {
    reference.isTyping
      && (source.scopes.hasFutureAnnotations || source.tree.kind(reference.node) != .name)
  }
}

/// F841 and F842: variables of functions that nothing reads.
struct UnusedVariables: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    guard !source.nodes(.functionDef).isEmpty || !source.nodes(.exceptHandler).isEmpty else {
      return
    }
    let scopes = source.scopes
    for id in scopes.unusedVariables() {
      let binding = scopes.bindings[id]
      report(
        PythonFinding(
          "F841", binding.range, ["name": scopes.name(of: id)], fix: fix(binding, source)))
    }
    for scope in scopes.scopes.indices where scopes.scopes[scope].kind == .function {
      for id in scopes.bindings(in: scope) where scopes.bindings[id].kind == .annotation {
        let name = scopes.name(of: id)
        guard !scopes.bindings[id].isUsed, !source.isDummy(name) else { continue }
        report(PythonFinding("F842", scopes.bindings[id].range, ["name": name]))
      }
    }
  }

  /// Takes the name away and leaves what is evaluated.
  private func fix(_ binding: Binding, _ source: PythonSource) -> Fix? {
    let tree = source.tree
    switch binding.kind {
    case .exception:
      guard let type = tree.exceptionType(of: binding.node) else { return nil }
      var end = tree.range(of: type).upperBound
      // The type's brackets stay.
      while end < binding.range.lowerBound, source.bytes[end] != UInt8(ascii: "a") { end += 1 }
      while end > 0, source.bytes[end - 1] == 0x20 { end -= 1 }
      return Fix(isSafe: true, [Fix.Edit(end..<binding.range.upperBound, "")])
    case .assignment:
      let statement = binding.statement
      guard tree.kind(statement) == .assign, tree.targets(of: statement).count == 1,
        tree.targets(of: statement).first == binding.node, let value = tree.value(of: statement)
      else { return nil }
      switch tree.kind(value) {
      case .number, .string, .noneConstant, .trueConstant, .falseConstant, .name:
        return Fix(isSafe: false, source.deletion(of: statement))
      default:
        guard !tree.flags(value).contains(.isParenthesized) else { return nil }
        return Fix(
          isSafe: false,
          [Fix.Edit(binding.range.lowerBound..<tree.range(of: value).lowerBound, "")])
      }
    default: return nil
    }
  }
}

/// F811 and F402: definitions that replace what nothing has used, and loops that replace an import.
struct Redefinitions: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let scopes = source.scopes
    for (new, old) in scopes.redefinitions() {
      let line = source.list.lines.line(of: scopes.bindings[old].range.lowerBound)
      report(
        PythonFinding(
          "F811", scopes.bindings[new].range,
          ["name": scopes.name(of: new), "line": String(line)],
          statement: scopes.bindings[new].isImport
            ? source.tree.range(of: scopes.bindings[new].statement).lowerBound : nil))
    }
    for (id, binding) in scopes.bindings.enumerated() where binding.kind == .loopVariable {
      guard let old = binding.shadowed ?? binding.hidden, scopes.bindings[old].isImport,
        scopes.isSameBranch(id, old)
      else { continue }
      let line = source.list.lines.line(of: scopes.bindings[old].range.lowerBound)
      report(
        PythonFinding(
          "F402", binding.range, ["name": scopes.name(of: id), "line": String(line)]))
    }
  }
}
