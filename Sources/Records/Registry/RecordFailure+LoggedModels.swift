import Formats
import Platform

/// Refusals about logged models.
extension RecordFailure {
  static func noLoggedModel(_ id: String) -> RecordFailure {
    RecordFailure(
      .doesNotExist, "Logged model with ID '\(id)' not found.",
      failure: Failure(.notFound, "no logged model `\(id)`"))
  }

  static func badLoggedModelName(_ name: String) -> RecordFailure {
    registry(
      """
      Invalid model name (\(PythonText.repr(name))) provided. Model name must be a non-empty string and cannot contain \
      the following characters: ('/', ':', '.', '%', '"', "'")
      """, "`\(name)` is no name for a logged model",
      hint: "leave out `/`, `:`, `.`, `%` and quotes")
  }

  static func noLoggedModelTag(_ key: String, of id: String) -> RecordFailure {
    RecordFailure(
      .doesNotExist,
      "No tag with key \(PythonText.repr(key)) found for model with ID \(PythonText.repr(id)).",
      failure: Failure(.notFound, "the logged model `\(id)` has no tag `\(key)`"))
  }

  static func loggedModelParamChange(_ key: String, of id: String) -> RecordFailure {
    RecordFailure(
      .badRequest,
      """
      Changing param values is not allowed. The param \(PythonText.repr(key)) was already logged for model ID '\(id)'.
      """,
      failure: Failure(
        .conflict, "the parameter `\(key)` of the logged model `\(id)` has another value already"))
  }

  static func noExperimentForModel(_ id: ExperimentID) -> RecordFailure {
    RecordFailure(
      .doesNotExist, "No Experiment with id=\(id) exists",
      failure: Failure(
        .notFound, "no experiment with id `\(id)`", hint: "list them with `reprise experiments`"))
  }

  static func deletedExperimentForModel(_ id: ExperimentID) -> RecordFailure {
    registry(
      "The experiment \(id) must be in the 'active' state. Current state is deleted.",
      "experiment `\(id)` is deleted: it must be in the 'active' state",
      hint: "bring it back with `reprise experiments restore \(id)`")
  }
}
