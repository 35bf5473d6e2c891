import Platform

/// What went wrong, as the program itself would tell it.
public struct RepriseError: Error, Sendable, CustomStringConvertible {
  /// One sentence, lower case, without a full stop.
  public let message: String
  /// What to change next; nil when there is nothing to say.
  public let hint: String?
  /// `file:line:column`, as far as it is known.
  public let place: String?

  init(_ failure: Failure) {
    message = failure.message
    hint = failure.hint
    place = failure.location.map { "\($0)" }
  }

  /// The message, its place and the hint, as a terminal shows them.
  public var description: String {
    var text = message
    if let place { text += "\n  --> \(place)" }
    if let hint { text += "\nhint: \(hint)" }
    return text
  }
}

/// Runs the program's own code and tells its failures in public words.
func told<Value>(_ body: () throws -> Value) throws -> Value {
  do { return try body() } catch let failure as Failure { throw RepriseError(failure) }
}

/// The same for code that waits.
func told<Value>(_ body: () async throws -> Value) async throws -> Value {
  do { return try await body() } catch let failure as Failure { throw RepriseError(failure) }
}
