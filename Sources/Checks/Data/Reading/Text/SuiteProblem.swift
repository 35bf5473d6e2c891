import Platform

/// Something in a suite that cannot be read, at a character of its file.
struct SuiteProblem: Error, Sendable, Hashable {
  var message: String
  /// Characters from the start of the file.
  var offset: Int
  var hint: String?

  init(_ message: String, at offset: Int, hint: String? = nil) {
    self.message = message
    self.offset = offset
    self.hint = hint
  }

  func failure(in source: SuiteSource) -> Failure {
    Failure(.invalid, message, hint: hint, at: source.location(offset))
  }
}
