import Platform

extension RecordFailure {
  static func noExperiment(_ id: ExperimentID) -> RecordFailure {
    RecordFailure(
      .doesNotExist, "No Experiment with id=\(id) exists",
      failure: Failure(
        .notFound, "no experiment with id `\(id)`", hint: "list them with `reprise experiments`"))
  }

  /// An id that a client gave and that is no number.
  package static func invalidExperimentID(_ text: String) -> RecordFailure {
    RecordFailure(
      .invalidParameterValue,
      "Invalid experiment ID '\(text)'. Experiment ID must be a valid integer.",
      failure: Failure(
        .invalid, "`\(text)` is no id of an experiment", hint: "an id is a whole number"))
  }

  static func experimentDeleted(_ id: ExperimentID) -> RecordFailure {
    RecordFailure(
      .invalidParameterValue,
      "The experiment \(id) must be in the 'active' state. Current state is deleted.",
      failure: deleted(id))
  }

  static func renamingDeleted(_ id: ExperimentID) -> RecordFailure {
    RecordFailure(
      .invalidState, "Cannot rename a non-active experiment.", failure: deleted(id))
  }

  private static func deleted(_ id: ExperimentID) -> Failure {
    Failure(
      .invalid, "experiment `\(id)` is deleted: it must be in the 'active' state",
      hint: "bring it back with `reprise experiments restore \(id)`")
  }

  /// An experiment that is to be deleted and is already, or is to be restored and was not deleted.
  static func experimentAlready(_ id: ExperimentID, _ lifecycle: Lifecycle) -> RecordFailure {
    RecordFailure(
      .doesNotExist, "No Experiment with id=\(id) exists",
      failure: Failure(
        .notFound, "experiment `\(id)` is \(lifecycle.rawValue) already",
        hint: lifecycle == .deleted
          ? nil : "list deleted ones with `reprise experiments --deleted`"))
  }

  static func experimentExists(_ other: Experiment) -> RecordFailure {
    let isDeleted = other.lifecycle == .deleted
    return RecordFailure(
      .alreadyExists, "Experiment(name=\(other.name)) already exists.",
      failure: Failure(
        .conflict,
        "an experiment named `\(other.name)` exists already" + (isDeleted ? ", deleted" : ""),
        hint: isDeleted ? "bring it back with `reprise experiments restore \(other.id)`" : nil))
  }

  static func noTag(_ key: String, experiment: ExperimentID) -> RecordFailure {
    RecordFailure(
      .doesNotExist, "No tag with name: \(key) in experiment with id \(experiment)",
      failure: Failure(.notFound, "experiment `\(experiment)` has no tag `\(key)`"))
  }
}
