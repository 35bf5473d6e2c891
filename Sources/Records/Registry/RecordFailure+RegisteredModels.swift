import Formats
import Platform

/// Refusals about models and versions that are there, or are not.
extension RecordFailure {
  static func noModel(_ name: String) -> RecordFailure {
    RecordFailure(
      .doesNotExist, "Registered Model with name=\(name) not found",
      failure: Failure(
        .notFound, "no registered model named `\(name)`",
        hint: "list them with `reprise models list`"))
  }

  static func noVersion(_ version: String, of model: String) -> RecordFailure {
    RecordFailure(
      .doesNotExist, "Model Version (name=\(model), version=\(version)) not found",
      failure: Failure(
        .notFound, "the registered model `\(model)` has no version \(version)",
        hint: "list them with `reprise models versions \(model)`"))
  }

  static func noLatestVersion(of model: String) -> RecordFailure {
    RecordFailure(
      .doesNotExist, "Latest version not found for model \(model).",
      failure: Failure(.notFound, "the registered model `\(model)` has no version yet"))
  }

  static func noAlias(_ alias: String, of model: String) -> RecordFailure {
    RecordFailure(
      .invalidParameterValue, "Registered model alias \(alias) not found.",
      failure: Failure(
        .notFound, "the registered model `\(model)` has no alias `\(alias)`",
        hint: "see its aliases with `reprise models versions \(model)`"))
  }

  /// - Parameter isPrompt: whether the one that is there is a prompt, and whether the new one is.
  static func modelExists(_ name: String, isPrompt: (old: Bool, new: Bool)) -> RecordFailure {
    let entity = isPrompt.new ? "Prompt" : "Registered Model"
    let failure = Failure(
      .conflict,
      "a \(isPrompt.old ? "prompt" : "registered model") named `\(name)` exists already")
    guard isPrompt.old == isPrompt.new else {
      return RecordFailure(
        .alreadyExists,
        """
        Tried to create a \(entity.lowercased()) with name \(PythonText.repr(name)), but the name is already taken by a \
        \(isPrompt.old ? "prompt" : "registered model"). MLflow does not allow creating a model and a prompt with the \
        same name.
        """, failure: failure)
    }
    return RecordFailure(
      .alreadyExists, "\(entity) (name=\(name)) already exists.", failure: failure)
  }

  static func nameIsTaken(_ name: String) -> RecordFailure {
    RecordFailure(
      .alreadyExists, "Registered Model (name=\(name)) already exists.",
      failure: Failure(.conflict, "a registered model named `\(name)` exists already"))
  }
}
