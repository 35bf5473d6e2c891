import Formats
import Platform

extension RecordFailure {
  /// A value that is not allowed where it stands in a request.
  ///
  /// - Parameters:
  ///   - path: where, such as `metrics[0].name`.
  ///   - json: the value as JSON.
  ///   - reason: what MLflow says of it, without a space in front.
  static func invalidValue(
    _ path: String, json: String, _ reason: String, failure: Failure
  ) -> RecordFailure {
    RecordFailure(
      .invalidParameterValue, "Invalid value \(json) for parameter '\(path)' supplied: \(reason)",
      failure: failure)
  }

  static func tooLong(_ name: String, _ limit: Int, failure: Failure) -> RecordFailure {
    RecordFailure(
      .invalidParameterValue, "'\(name)' exceeds the maximum length of \(limit) characters",
      failure: failure)
  }

  static func badCharacters(_ key: String, _ what: String, path: String) -> RecordFailure {
    invalidValue(
      path, json: PythonText.json(key),
      """
      Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), \
      colon(:) and slashes (/).
      """,
      failure: Failure(
        .invalid, "`\(key)` is no name for a \(what)",
        hint: "use letters, digits, `_`, `-`, `.`, `:`, `/` and spaces"))
  }

  /// A name that would be another one as a path; an empty one too.
  static func otherAsPath(_ key: String, _ what: String, path: String) -> RecordFailure {
    invalidValue(
      path, json: PythonText.json(key),
      """
      Names may be treated as files in certain cases, and must not resolve to other names when \
      treated as such. This name would resolve to \
      \(PythonText.repr(RegistryRules.posixNormalized(key)))
      """,
      failure: key.isEmpty
        ? Failure(.invalid, "a \(what) needs a name")
        : Failure(
          .invalid, "`\(key)` is no name for a \(what): as a path it would mean another name",
          hint: "leave out `//`, `.` and `..`, and `/` at the ends"))
  }

  static func keyTooLong(_ key: String, _ what: String, named name: String) -> RecordFailure {
    tooLong(
      name, LogRules.keyLength,
      failure: Failure(
        .invalid,
        """
        a name of a \(what) exceeds the maximum length of \(LogRules.keyLength) characters: \
        `\(key.prefix(40))…`
        """))
  }

  static func negativeTime(_ metric: Metric, path: String) -> RecordFailure {
    invalidValue(
      path, json: "\(metric.timestamp)",
      """
      metric '\(metric.key)' (value=\(metric.value)). Timestamp must be a nonnegative long \
      (64-bit integer) \

      """,
      failure: Failure(
        .invalid, "metric `\(metric.key)` has the time \(metric.timestamp), before 1970",
        hint: "times are milliseconds since 1970"))
  }

  /// SQLite would end a text at a NUL.
  static func endsAtNUL(_ what: String, _ key: String) -> RecordFailure {
    RecordFailure(
      .invalidParameterValue, "The value of \(what) '\(key)' holds a NUL character.",
      failure: Failure(.invalid, "the value of \(what) `\(key)` holds a NUL character"))
  }

  static func tooMany(_ what: String, _ count: Int, limit: Int) -> RecordFailure {
    RecordFailure(
      .invalidParameterValue,
      """
      A batch logging request can contain at most \(limit) \(what). Got \(count) \(what). Please \
      split up \(what) across multiple requests and try again.
      """,
      failure: Failure(
        .invalid, "\(count) \(what) at once are more than \(limit)",
        hint: "log them in several parts"))
  }
}
