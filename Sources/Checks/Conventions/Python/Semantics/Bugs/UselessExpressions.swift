import Platform
import Python

/// B015, B018 and B021: expressions that stand as statements and do nothing.
struct UselessExpressions: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let tree = source.tree
    for statement in source.nodes(.expressionStatement) {
      guard let value = tree.child(0, of: statement) else { continue }
      switch tree.kind(value) {
      case .string, .ellipsis, .await, .yield, .yieldFrom, .templateString: continue
      case .call where tree.child(1, of: value) != nil: continue
      case .joinedString:
        if isFirst(statement, tree) { report(PythonFinding("B021", tree.range(of: value))) }
      case .compare:
        if !isShown(statement, source) { report(PythonFinding("B015", tree.range(of: value))) }
      case let kind:
        guard kind == .attribute || !mayDo(value, source), !isShown(statement, source) else {
          continue
        }
        report(PythonFinding("B018", tree.range(of: value), ["text": Self.short(tree.text(value))]))
      }
    }
  }

  private static func short(_ text: String) -> String {
    guard let end = text.firstIndex(where: \.isNewline) else { return text }
    return text[..<end] + "…"
  }

  /// Whether an f-string stands where a docstring would.
  private func isFirst(_ statement: NodeID, _ tree: Tree) -> Bool {
    guard let suite = tree.parent(of: statement), statement.index == suite.index + 1 else {
      return false
    }
    if tree.kind(suite) == .module { return true }
    guard tree.kind(suite) == .suite, let owner = tree.parent(of: suite) else { return false }
    return tree.kind(owner) == .functionDef || tree.kind(owner) == .classDef
  }

  /// Whether a notebook shows what an expression is: the last of a cell.
  private func isShown(_ statement: NodeID, _ source: PythonSource) -> Bool {
    let tree = source.tree
    guard source.isNotebook, tree.parent(of: statement) == .module else { return false }
    let start = tree.range(of: statement).lowerBound
    let next = tree.descendants(of: statement).endIndex
    guard let end = source.cellEnds.first(where: { $0 > start }), next < tree.count else {
      return true
    }
    return tree.range(of: NodeID(next)).lowerBound >= end
  }

  /// Whether an expression may do something when it is evaluated.
  private func mayDo(_ root: NodeID, _ source: PythonSource) -> Bool {
    let tree = source.tree
    let end = NodeID(tree.descendants(of: root).endIndex)
    var node = root
    while node < end {
      var next = NodeID(node.index + 1)
      switch tree.kind(node) {
      case .call:
        guard tree.child(1, of: node) == nil, makesEmpty(tree.function(of: node), source) else {
          return true
        }
      case .await, .yield, .yieldFrom, .listComprehension, .setComprehension,
        .dictComprehension, .generator, .subscriptExpression, .namedExpression:
        return true
      case .binaryOperation:
        // What an operator does is up to the values' types.
        guard let left = tree.child(0, of: node), let right = tree.child(1, of: node),
          isLiteral(left, tree), isLiteral(right, tree)
        else { return true }
      case .lambda: next = NodeID(tree.descendants(of: node).endIndex)
      default: break
      }
      node = next
    }
    return false
  }

  private func makesEmpty(_ function: NodeID, _ source: PythonSource) -> Bool {
    source.isBuiltin(function, "list") || source.isBuiltin(function, "dict")
      || source.isBuiltin(function, "set") || source.isBuiltin(function, "tuple")
      || source.isBuiltin(function, "frozenset")
  }

  private func isLiteral(_ node: NodeID, _ tree: Tree) -> Bool {
    switch tree.kind(node) {
    case .string, .bytes, .joinedString, .number, .trueConstant, .falseConstant, .noneConstant,
      .ellipsis, .list, .tuple, .set, .dict, .listComprehension, .setComprehension,
      .dictComprehension:
      true
    default: false
    }
  }
}
