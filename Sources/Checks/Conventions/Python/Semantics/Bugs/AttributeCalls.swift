import Platform
import Python

/// B009 and B010: `getattr` and `setattr` of a name that is written down.
struct AttributeCalls: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let tree = source.tree
    for call in source.nodes(.call) {
      let function = tree.function(of: call)
      guard tree.kind(function) == .name else { continue }
      let isRead = source.spells(function, "getattr")
      guard isRead || source.spells(function, "setattr"),
        source.isBuiltin(function, isRead ? "getattr" : "setattr"),
        case let arguments = Array(tree.children(of: call).dropFirst()),
        arguments.count == (isRead ? 2 : 3),
        arguments.allSatisfy({ tree.kind($0) != .keyword && tree.kind($0) != .starred }),
        let name = tree.stringValue(of: arguments[1]), Self.isPlain(name)
      else { continue }
      let range = tree.range(of: call)
      let base = Self.text(of: arguments[0], tree, isOperand: true)
      if isRead {
        report(
          PythonFinding(
            "B009", range, ["name": name], fix: fix(range, "\(base).\(name)", name, source)))
      } else if let statement = tree.parent(of: call), tree.kind(statement) == .expressionStatement
      {
        let value = Self.text(of: arguments[2], tree, isOperand: false)
        report(
          PythonFinding(
            "B010", range, ["name": name],
            fix: fix(range, "\(base).\(name) = \(value)", name, source)))
      }
    }
  }

  private func fix(
    _ range: Range<Int>, _ text: String, _ name: String, _ source: PythonSource
  ) -> Fix {
    // A comment in between is lost, and Python reads a name that is not ASCII in another form than a text.
    let isSafe = name.utf8.allSatisfy { $0 < 0x80 } && !source.bytes[range].contains(0x23)
    return Fix(isSafe: isSafe, [Fix.Edit(range, text)])
  }

  /// What can stand behind a dot: no keyword, and no private name, which a class would change.
  private static func isPlain(_ name: String) -> Bool {
    let isPrivate = name.utf8.starts(with: "__".utf8) && !name.hasSuffix("__")
    // `__debug__` can be set in no other way.
    guard !isPrivate, name != "__debug__", name.utf8.count < 200 else { return false }
    let tree = Tree(parsing: Array("\(name)\n".utf8))
    guard tree.problems.isEmpty, let statement = tree.child(0, of: .module),
      tree.kind(statement) == .expressionStatement, let value = tree.child(0, of: statement)
    else { return false }
    return tree.kind(value) == .name && tree.text(value) == name
  }

  private static func text(of node: NodeID, _ tree: Tree, isOperand: Bool) -> String {
    let text = tree.text(node)
    switch tree.kind(node) {
    case .name, .attribute, .call, .subscriptExpression, .string, .list, .dict, .tuple:
      return text
    default: return isOperand || tree.flags(node).contains(.isParenthesized) ? "(\(text))" : text
    }
  }
}
