extension PythonChecks {
  /// The checks of tokens, lines and imports.
  static let layout: [String: any PythonCheck.Type] = [
    "line-length": LineLength.self,
    "blank-lines": BlankLines.self,
    "whitespace": Whitespace.self,
    "final-newline": FinalNewline.self,
    "indent": Indentation.self,
    "one-statement": OneStatement.self,
    "import-order": ImportOrder.self,
    "quotes": Quotes.self,
    "invalid-escape": InvalidEscapes.self,
    "inline-comment": InlineComments.self,
    "syntax-error": SyntaxErrors.self,
  ]
}
