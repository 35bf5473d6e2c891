import Platform
import Python

/// B007 and B020: variables of loops that the loop does not use, or that hide what it goes over.
struct LoopVariables: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let tree = source.tree
    for loop in source.nodes(.forLoop) {
      guard let target = tree.child(0, of: loop), let iterable = tree.child(1, of: loop),
        let body = tree.body(of: loop)
      else { continue }
      checkUse(target, body, source, report)
      checkHiding(target, iterable, source, report)
    }
  }

  private func names(in node: NodeID, _ source: PythonSource) -> [NodeID] {
    let tree = source.tree
    if tree.kind(node) == .name { return [node] }
    return tree.descendants(of: node).filter { tree.kind($0) == .name }
  }

  private func bytes(_ name: NodeID, _ source: PythonSource) -> ArraySlice<UInt8> {
    source.bytes[source.tree.range(of: name)]
  }

  // MARK: Use

  private func checkUse(
    _ target: NodeID, _ body: NodeID, _ source: PythonSource, _ report: (PythonFinding) -> Void
  ) {
    let tree = source.tree
    var open = names(in: target, source).filter {
      source.isStored($0) && !source.isDummy(tree.text($0))
    }
    // Of a name that is there twice the last one is looked at.
    open = open.indices.filter { index in
      !open[(index + 1)...].contains { bytes($0, source).elementsEqual(bytes(open[index], source)) }
    }.map { open[$0] }
    for node in tree.descendants(of: body) where tree.kind(node) == .name {
      if open.isEmpty { return }
      let text = bytes(node, source)
      open.removeAll { bytes($0, source).elementsEqual(text) }
    }
    guard !open.isEmpty else { return }
    let isCertain = !usesMagic(body, source)
    for name in open {
      let text = tree.text(name)
      var fix: Fix?
      if isCertain, isUnused(name, source) {
        fix = Fix(isSafe: false, [Fix.Edit(tree.range(of: name), "_\(text)")])
      }
      report(PythonFinding("B007", tree.range(of: name), ["name": text], fix: fix))
    }
  }

  /// Whether `locals()` and the like may read a name.
  private func usesMagic(_ body: NodeID, _ source: PythonSource) -> Bool {
    let tree = source.tree
    return tree.descendants(of: body).contains { node in
      guard tree.kind(node) == .call else { return false }
      let function = tree.function(of: node)
      return source.isBuiltin(function, "locals") || source.isBuiltin(function, "globals")
        || source.isBuiltin(function, "vars") || source.isBuiltin(function, "exec")
        || source.isBuiltin(function, "eval")
    }
  }

  /// Whether nothing behind the loop reads the name either.
  private func isUnused(_ name: NodeID, _ source: PythonSource) -> Bool {
    let scopes = source.scopes
    guard let own = scopes.bindings.firstIndex(where: { $0.node == name && $0.kind != .builtin })
    else { return false }
    let text = scopes.name(of: own)
    var next = scopes.binding(named: text, in: scopes.bindings[own].scope)
    let start = source.tree.range(of: name).lowerBound
    while let id = next {
      if scopes.bindings[id].range.lowerBound >= start, scopes.bindings[id].isUsed { return false }
      next = scopes.bindings[id].shadowed
    }
    return true
  }

  // MARK: Hiding

  private func checkHiding(
    _ target: NodeID, _ iterable: NodeID, _ source: PythonSource,
    _ report: (PythonFinding) -> Void
  ) {
    let tree = source.tree
    let read = names(in: iterable, source)
    guard !read.isEmpty else { return }
    for name in names(in: target, source) {
      let text = bytes(name, source)
      guard
        read.contains(where: {
          bytes($0, source).elementsEqual(text) && !isOwn($0, iterable, source)
        })
      else { continue }
      report(PythonFinding("B020", tree.range(of: name), ["name": tree.text(name)]))
    }
  }

  /// Whether a name in an expression is read later, or is one of the expression's own: in lambdas, and in comprehensions but
  /// for what they go over.
  private func isOwn(_ name: NodeID, _ root: NodeID, _ source: PythonSource) -> Bool {
    let tree = source.tree
    var node = name
    while node != root, let parent = tree.parent(of: node) {
      switch tree.kind(parent) {
      case .lambda: return true
      case .comprehension: if tree.child(1, of: parent) != node { return true }
      case .listComprehension, .setComprehension, .dictComprehension, .generator:
        if tree.kind(node) != .comprehension { return true }
      default: break
      }
      node = parent
    }
    return false
  }
}
