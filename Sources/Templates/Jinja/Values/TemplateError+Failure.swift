import Platform

extension TemplateError {
  /// The error for a person: where it is, and the line with a caret below.
  ///
  /// - Parameters:
  ///   - file: the template's file; the error's own template name is used when it is another one.
  ///   - source: the text of that file.
  package func failure(in file: String, source: [UInt8]) -> Failure {
    let isSyntax = ["TemplateSyntaxError", "TemplateAssertionError"].contains(exception)
    let text = exception == "UndefinedError" || isSyntax ? message : "\(exception): \(message)"
    let shown = text.hasSuffix(".") ? String(text.dropLast()) : text
    let code: Failure.Code =
      exception == "TemplateNotFound" ? .notFound : isSyntax ? .parse : .invalid
    let isHere = name == nil || name == file
    var failure = Failure(
      code, exception == "TemplateNotFound" ? "there is no template `\(message)`" : shown,
      at: SourceLocation(file: name ?? file, line: line, column: column))
    if isHere { failure.excerpt = excerpt(of: source) }
    return failure
  }

  /// The line of the error with a caret below the place.
  package func excerpt(of source: [UInt8]) -> String? {
    guard let line, line > 0 else { return nil }
    let lines = SourceText(source, keepTrailingNewline: true).bytes
      .split(separator: 0x0A, omittingEmptySubsequences: false)
    guard line <= lines.count else { return nil }
    let text = String(decoding: lines[line - 1], as: UTF8.self)
    guard text.unicodeScalars.count <= 200 else { return nil }
    guard let column, column > 0, column <= text.unicodeScalars.count + 1 else {
      return "    \(text)"
    }
    // Tabs keep their width in front of the caret, wide characters theirs.
    var space = ""
    for scalar in text.unicodeScalars.prefix(column - 1) {
      space += scalar == "\t" ? "\t" : String(repeating: " ", count: textWidth(String(scalar)))
    }
    return "    \(text)\n    \(space)^"
  }
}
