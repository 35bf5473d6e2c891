import Formats
import Platform

/// Refusals of the registry's names and values, in MLflow's words and in ours.
extension RecordFailure {
  static func registry(_ message: String, _ ours: String, hint: String? = nil) -> RecordFailure {
    RecordFailure(.invalidParameterValue, message, failure: Failure(.invalid, ours, hint: hint))
  }

  static func missingName(_ parameter: String, _ ours: String) -> RecordFailure {
    registry("Missing value for required parameter '\(parameter)'.", ours)
  }

  static func badModelName(_ name: String) -> RecordFailure {
    registry(
      "Invalid model name '\(name)'. Names cannot contain '/' or ':'.",
      "`\(name)` is no name for a registered model", hint: "leave out `/` and `:`")
  }

  static func ambiguousPath(
    _ name: String, _ path: String, _ parameter: String, _ what: String
  ) -> RecordFailure {
    registry(
      """
      Invalid value \(PythonText.json(name)) for parameter '\(parameter)' supplied: Names may be treated as files in \
      certain cases, and must not resolve to other names when treated as such. This name would resolve to \
      \(PythonText.repr(path))
      """, "`\(name)` is no name for \(what): as a path it would mean `\(path)`",
      hint: "leave out `//`, `.` and `..`, and `/` at the ends")
  }

  static func badCharacters(_ key: String) -> RecordFailure {
    registry(
      """
      Invalid value \(PythonText.json(key)) for parameter 'key' supplied: Names may only contain alphanumerics, \
      underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).
      """, "`\(key)` is no name for a tag",
      hint: "use letters, digits, `_`, `-`, `.`, `:`, `/` and spaces")
  }

  static func registryTextTooLong(_ what: String, _ limit: Int) -> RecordFailure {
    let message = "'\(what)' exceeds the maximum length of \(limit) characters"
    return registry(
      message, "the \(what.lowercased()) exceeds the maximum length of \(limit) characters")
  }

  static func holdsNUL(_ text: String, _ parameter: String) -> RecordFailure {
    registry(
      "Invalid value \(PythonText.json(String(text.prefix(100)))) for parameter '\(parameter)' supplied: "
        + "it holds a NUL character.", "the \(parameter) holds a NUL character")
  }

  static let emptyAlias = registry(
    "Registered model alias name cannot be empty.", "an alias needs a name")

  static func badAlias(_ alias: String) -> RecordFailure {
    registry(
      """
      Invalid alias name: '\(alias)'. Names may only contain alphanumerics, underscores (_), and dashes (-).
      """, "`\(alias)` is no name for an alias", hint: "use letters, digits, `_` and `-`")
  }

  static let latestAlias = registry(
    "'latest' alias name (case insensitive) is reserved.",
    "the alias `latest` always means the highest version", hint: "choose another name")

  static func versionAlias(_ alias: String) -> RecordFailure {
    registry(
      "Version alias name '\(alias)' is reserved.",
      "the alias `\(alias)` would look like the number of a version", hint: "choose another name")
  }

  static func notInteger(_ parameter: String, _ text: String) -> RecordFailure {
    registry(
      "Parameter '\(parameter)' must be an integer, got '\(text)'.",
      "`\(text)` is no number of a version", hint: "versions are numbered 1, 2, 3, …")
  }

  static func unknownStage(_ text: String) -> RecordFailure {
    let stages = ModelStage.allCases.map(\.rawValue).joined(separator: ", ")
    return registry(
      "Invalid Model Version stage: \(text). Value must be one of \(stages).",
      "there is no stage `\(text)`", hint: "the stages are \(stages)")
  }

  /// MLflow calls this an internal error; it is the request's.
  static func inactiveStage(_ text: String) -> RecordFailure {
    registry(
      """
      Model version transition cannot archive existing model versions because '\(text)' is not an Active stage. \
      Valid stages are ['Staging', 'Production']
      """, "versions can only be archived for `Staging` and `Production`, not for `\(text)`")
  }
}
