import Platform
import Python

/// E999: what is not Python. A file that has it is not looked at by the checks that need its tree.
struct SyntaxErrors: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    for problem in source.tree.problems {
      report(
        PythonFinding(
          "E999", problem.start..<max(problem.start, problem.end), ["why": problem.message]))
    }
  }
}
