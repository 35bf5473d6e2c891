import Platform
import Python

/// B012: `return`, `break` and `continue` in `finally`, which make an exception vanish.
struct FinallyJumps: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let tree = source.tree
    for node in source.nodes(.tryStatement) {
      guard let suite = tree.finallySuite(of: node) else { continue }
      look(in: suite, tree, isInLoop: false, report)
    }
  }

  /// - Parameter isInLoop: whether a loop that begins in `finally` is what a `break` leaves.
  private func look(
    in suite: NodeID, _ tree: Tree, isInLoop: Bool, _ report: (PythonFinding) -> Void
  ) {
    for statement in tree.children(of: suite) {
      let kind = tree.kind(statement)
      switch kind {
      case .returnStatement: tell(statement, "return", tree, report)
      case .breakStatement where !isInLoop: tell(statement, "break", tree, report)
      case .continueStatement where !isInLoop: tell(statement, "continue", tree, report)
      case .forLoop, .whileLoop, .ifStatement, .with, .tryStatement:
        guard let body = tree.body(of: statement) else { continue }
        let isLoop = kind == .forLoop || kind == .whileLoop
        look(in: body, tree, isInLoop: isInLoop || isLoop, report)
      case .match:
        for part in tree.children(of: statement) where tree.kind(part) == .matchCase {
          if let body = tree.body(of: part) { look(in: body, tree, isInLoop: isInLoop, report) }
        }
      default: break
      }
    }
  }

  private func tell(
    _ statement: NodeID, _ word: String, _ tree: Tree, _ report: (PythonFinding) -> Void
  ) {
    report(PythonFinding("B012", tree.range(of: statement), ["name": word]))
  }
}
