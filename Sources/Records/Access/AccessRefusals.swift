import Platform

/// Refusals in MLflow's words, which a person at the command line understands too.
extension RecordFailure {
  static func invalidAccess(_ message: String) -> RecordFailure {
    RecordFailure(.invalidParameterValue, message, failure: Failure(.invalid, plain(message)))
  }

  static func accessMissing(_ message: String, hint: String? = nil) -> RecordFailure {
    RecordFailure(.doesNotExist, message, failure: Failure(.notFound, plain(message), hint: hint))
  }

  static func accessExists(_ message: String) -> RecordFailure {
    RecordFailure(.alreadyExists, message, failure: Failure(.conflict, plain(message)))
  }

  static func noUser(_ name: String) -> RecordFailure {
    RecordFailure(
      .doesNotExist, "User with username=\(name) not found",
      failure: Failure(
        .notFound, "no user `\(name)`", hint: "see those there are: reprise server users list"))
  }

  /// Lower case, no full stop.
  private static func plain(_ message: String) -> String {
    let text = message.last == "." ? String(message.dropLast()) : message
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}
