import Python

/// Statements that prepare imports, and so may stand before them.
enum ImportPreparation {
  private static let calls: Set<String> = [
    "sys.path.append", "sys.path.insert", "sys.path.extend", "sys.path.remove", "sys.path.pop",
    "sys.path.clear", "sys.path.reverse", "sys.path.sort", "os.putenv", "os.unsetenv",
    "os.environ.update", "os.environ.pop", "os.environ.clear", "os.environ.setdefault",
    "os.environ.popitem", "matplotlib.use", "pytest.importorskip", "site.addsitedir",
  ]

  /// - Parameter name: tells what an expression names, with imports in full.
  static func isAllowed(_ statement: NodeID, _ tree: Tree, _ name: (NodeID) -> String?) -> Bool {
    switch tree.kind(statement) {
    case .expressionStatement:
      guard let value = tree.child(0, of: statement), tree.kind(value) == .call else {
        return false
      }
      return name(tree.function(of: value)).map(calls.contains) ?? false
    case .assign:
      let targets = tree.targets(of: statement)
      return targets.count == 1 && isDunder(targets[0], tree)
        || targets.contains { isEnvironment($0, tree, name) }
    case .annotatedAssign:
      return tree.targets(of: statement).contains {
        isDunder($0, tree) || isEnvironment($0, tree, name)
      }
    case .augmentedAssign:
      return tree.targets(of: statement).contains {
        name(container(of: $0, tree)) == "sys.path" || isEnvironment($0, tree, name)
      }
    case .delete:
      return tree.targets(of: statement).contains { isEnvironment($0, tree, name) }
    default: return false
    }
  }

  /// `__all__`, `__version__`.
  private static func isDunder(_ target: NodeID, _ tree: Tree) -> Bool {
    guard tree.kind(target) == .name else { return false }
    let text = tree.text(target)
    return text.hasPrefix("__") && text.hasSuffix("__")
  }

  private static func isEnvironment(
    _ target: NodeID, _ tree: Tree, _ name: (NodeID) -> String?
  ) -> Bool {
    name(container(of: target, tree)) == "os.environ"
  }

  private static func container(of target: NodeID, _ tree: Tree) -> NodeID {
    guard tree.kind(target) == .subscriptExpression, let value = tree.child(0, of: target) else {
      return target
    }
    return value
  }
}
