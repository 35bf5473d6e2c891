/// Anything that can go wrong for a person, as it is told to them.
///
/// One type crosses targets. Leaf parsers throw ``ParseFailure`` and are wrapped at the file boundary
/// (see ``ParseFailure/failure(in:)``); closed error enums stay inside a module.
///
/// The message is lower case, without a full stop, with what could be typed in backticks; the hint says what to
/// type or change next.
package struct Failure: Error, Sendable, Hashable {
  /// What kind of failure this is; decides the exit code.
  package var code: Code
  package var message: String
  package var hint: String?
  package var location: SourceLocation?
  /// The line that the location names with a caret below the column, as lines to print.
  package var excerpt: String?
  /// What the system or a library said underneath, if it says more than the message.
  package var cause: String?
  /// More failures of the same operation: a check reports all it found, not the first.
  package var details: [Failure]

  package init(
    _ code: Code, _ message: String, hint: String? = nil, at location: SourceLocation? = nil,
    cause: String? = nil, details: [Failure] = []
  ) {
    self.code = code
    self.message = message
    self.hint = hint
    self.location = location
    self.cause = cause
    self.details = details
  }
}

extension Failure {
  /// The kinds of failure; the raw value is the `code` of the JSON form.
  package enum Code: String, Sendable, Hashable, CaseIterable {
    /// The answer is no: a check found something, a diff is not empty.
    case no
    /// The command line does not make sense.
    case usage
    case notFound = "not_found"
    /// Something of that name or state is there already.
    case conflict
    /// Text or bytes that are not what their format says.
    case parse
    /// A value that is not allowed where it stands.
    case invalid
    case unsupported
    case permission
    /// No room on the disk, or over a quota.
    case noSpace = "no_space"
    case io
    /// Stored bytes that do not match their digest or their format.
    case corrupt
    /// A lock is held by somebody else.
    case locked
    /// A remote that cannot be reached just now.
    case unreachable
    case interrupted
    /// Our own bug.
    case bug

    /// The exit status of a command that ends with this failure.
    package var exitCode: Int32 {
      switch self {
      case .no: 1
      case .usage, .notFound, .conflict, .parse, .invalid, .unsupported, .permission, .noSpace, .io,
        .corrupt:
        2
      case .bug: 70
      case .locked, .unreachable: 75
      case .interrupted: 130
      }
    }
  }
}

extension Failure: CustomStringConvertible {
  package var description: String {
    var text = "error: \(message)"
    if let location { text += "\n  --> \(location)" }
    if let excerpt { text += "\n" + excerpt }
    if let cause { text += "\ncause: \(cause)" }
    for detail in details { text += "\n" + detail.description }
    if let hint { text += "\nhint: \(hint)" }
    return text
  }
}
