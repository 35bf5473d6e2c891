/// What CPython will not compile of the code that Jinja2 makes, found after everything that Jinja2 checks itself.
final class PythonProblems {
  /// The passes of CPython's compiler, in their order.
  enum Pass: Int { case grammar, symbols, code }

  private var first: (pass: Pass, error: TemplateError)?

  /// Notes a problem; the first one of the earliest pass counts.
  func note(_ pass: Pass, _ message: String, _ name: String?, _ position: Position) {
    if let first, first.pass.rawValue <= pass.rawValue { return }
    first = (pass, TemplateError("SyntaxError", message, name: name, line: Int(position.line)))
  }

  /// - Throws: `SyntaxError` when something was noted.
  func check() throws(TemplateError) { if let first { throw first.error } }
}

/// The words that may not be names in Python.
enum PythonKeyword {
  private static let words: Set<Text> = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
  ]

  static func isOne(_ name: Text) -> Bool { words.contains(name) }
}
