/// Why some text or bytes are not what their format says, and where. The one error that parsers throw.
package struct ParseFailure: Error, Sendable, Hashable {
  package var message: String
  /// Counted from 1; nil when the format has no lines.
  package var line: Int?
  /// Counted from 1, in characters.
  package var column: Int?
  /// How many bytes stand before the place; said of tables, whose lines may be as long as they are.
  package var offset: Int?
  package var hint: String?

  package init(_ message: String, line: Int? = nil, column: Int? = nil, hint: String? = nil) {
    self.message = message
    self.line = line
    self.column = column
    self.hint = hint
  }

  /// The same failure for a person, with the file it stands in.
  package func failure(in file: String) -> Failure {
    Failure(
      .parse, offset.map { "\(message), at byte \($0)" } ?? message, hint: hint,
      at: SourceLocation(file: file, line: line, column: column))
  }
}
