import Platform
import Python

/// E722 and B904: handlers of everything, and what is raised in a handler without its cause.
struct Exceptions: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let tree = source.tree
    for handler in source.nodes(.exceptHandler) {
      guard let body = tree.body(of: handler) else { continue }
      if tree.exceptionType(of: handler) == nil,
        !tree.children(of: body).contains(where: {
          tree.kind($0) == .raise && tree.child(0, of: $0) == nil
        })
      {
        let start = tree.range(of: handler).lowerBound
        report(PythonFinding("E722", start..<(start + 6)))
      }
      look(in: body, tree.name(of: handler), tree, report)
    }
  }

  private func look(
    in block: NodeID, _ name: String?, _ tree: Tree, _ report: (PythonFinding) -> Void
  ) {
    for statement in tree.children(of: block) {
      switch tree.kind(statement) {
      case .raise:
        guard let value = tree.child(0, of: statement), tree.child(1, of: statement) == nil,
          name == nil || tree.kind(value) != .name || tree.text(value) != name
        else { continue }
        report(PythonFinding("B904", tree.range(of: statement)))
      case .ifStatement, .with:
        for child in tree.children(of: statement) where tree.kind(child) == .suite {
          look(in: child, name, tree, report)
        }
      case .whileLoop, .forLoop:
        if let body = tree.body(of: statement) { look(in: body, name, tree, report) }
      case .match:
        for part in tree.children(of: statement) where tree.kind(part) == .matchCase {
          if let body = tree.body(of: part) { look(in: body, name, tree, report) }
        }
      default: break
      }
    }
  }
}
