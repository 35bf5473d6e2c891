import Platform
import Python

/// F404, F407 and F701 to F707: statements where they cannot stand.
struct Placement: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let tree = source.tree
    for node in source.nodes(.importFrom) where tree.importLevel(of: node) == 0 {
      guard let module = tree.child(0, of: node), tree.kind(module) == .moduleName,
        source.spells(module, "__future__")
      else { continue }
      checkFuture(node, source, report)
    }
    for kind in [NodeKind.breakStatement, .continueStatement] {
      for node in source.nodes(kind) where !isInLoop(node, tree) {
        report(
          PythonFinding(kind == .breakStatement ? "F701" : "F702", tree.range(of: node)))
      }
    }
    for node in source.nodes(.returnStatement)
    where tree.kind(definition(around: node, tree)) != .functionDef {
      report(PythonFinding("F706", tree.range(of: node)))
    }
    for kind in [NodeKind.yield, .yieldFrom, .await] {
      for node in source.nodes(kind) {
        let around = tree.kind(definition(around: node, tree))
        if around == .classDef || around == .module && !source.isNotebook {
          report(PythonFinding("F704", tree.range(of: node), ["name": "\(kind)"]))
        }
      }
    }
    for node in source.nodes(.tryStatement) {
      for handler in tree.handlers(of: node).dropLast()
      where tree.exceptionType(of: handler) == nil {
        let start = tree.range(of: handler).lowerBound
        report(PythonFinding("F707", start..<(start + 6)))
      }
    }
  }

  private func checkFuture(
    _ node: NodeID, _ source: PythonSource, _ report: (PythonFinding) -> Void
  ) {
    let tree = source.tree
    var isLate = tree.parent(of: node) != .module
    for (index, statement) in tree.children(of: .module).enumerated() where !isLate {
      if statement >= node { break }
      let isFuture =
        tree.kind(statement) == .importFrom && tree.importLevel(of: statement) == 0
        && tree.importModule(of: statement) == "__future__"
      isLate = !isFuture && !(index == 0 && tree.docstring(of: .module) != nil)
    }
    if isLate { report(PythonFinding("F404", tree.range(of: node))) }
    for alias in tree.aliases(of: node) {
      let name = tree.importedName(of: alias)
      if !Self.features.contains(name) {
        report(PythonFinding("F407", tree.range(of: alias), ["name": name]))
      }
    }
  }

  private static let features: Set<String> = [
    "nested_scopes", "generators", "division", "absolute_import", "with_statement",
    "print_function", "unicode_literals", "barry_as_FLUFL", "generator_stop", "annotations",
  ]

  /// The function, lambda or class around a statement or an expression; the module otherwise.
  private func definition(around node: NodeID, _ tree: Tree) -> NodeID {
    for ancestor in tree.ancestors(of: node) {
      switch tree.kind(ancestor) {
      case .functionDef, .lambda, .classDef: return ancestor
      default: break
      }
    }
    return .module
  }

  private func isInLoop(_ node: NodeID, _ tree: Tree) -> Bool {
    var inner = node
    for ancestor in tree.ancestors(of: node) {
      switch tree.kind(ancestor) {
      case .forLoop, .whileLoop:
        // What is behind `else` is no longer in the loop.
        if tree.elseSuite(of: ancestor) != inner { return true }
      case .functionDef, .classDef: return false
      default: break
      }
      inner = ancestor
    }
    return false
  }
}
