import Platform
import Python

/// F722: texts that stand for types and are no expressions.
struct ForwardAnnotations: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    for node in source.scopes.notTypes {
      report(PythonFinding("F722", source.tree.range(of: node), ["text": source.tree.text(node)]))
    }
  }
}
