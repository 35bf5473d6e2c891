import Platform
import Records

/// Where a run is recorded, and under which name.
package struct RunSettings: Sendable {
  package var experimentName: String?
  package var experimentID: ExperimentID?
  package var runName: String?
  /// An existing run to record into, in place of a new one.
  package var runID: RunID?
  /// Tags of the run beside those that say what was run.
  package var tags: [Tag] = []
  /// Whether to run also when the result is known.
  package var force = false

  package init(
    experimentName: String? = nil, experimentID: ExperimentID? = nil, runName: String? = nil,
    runID: RunID? = nil
  ) {
    self.experimentName = experimentName
    self.experimentID = experimentID
    self.runName = runName
    self.runID = runID
  }

  /// The experiment: as asked, else as `MLFLOW_EXPERIMENT_NAME` or `MLFLOW_EXPERIMENT_ID` say, else the default. One that is
  /// named and not there is made.
  func experiment(in store: RecordStore, variables: [String: String]) throws -> Experiment {
    if let experimentName { return try named(experimentName, in: store) }
    if let experimentID { return try usable(store.experiment(id: experimentID)) }
    if let name = variables["MLFLOW_EXPERIMENT_NAME"], !name.isEmpty {
      return try named(name, in: store)
    }
    if let text = variables["MLFLOW_EXPERIMENT_ID"], !text.isEmpty {
      return try fromVariable(text, in: store)
    }
    return try store.experiment(id: .defaultExperiment)
  }

  /// A variable is easily forgotten in a shell, so its failures name it.
  private func fromVariable(_ text: String, in store: RecordStore) throws -> Experiment {
    let name = "$MLFLOW_EXPERIMENT_ID"
    guard let id = ExperimentID(text) else {
      throw Failure(
        .usage, "`\(text)` in `\(name)` is not an experiment id",
        hint: "`unset MLFLOW_EXPERIMENT_ID`, or give `--experiment-id`")
    }
    do { return try usable(store.experiment(id: id)) } catch var failure as Failure {
      failure.message += " (from `\(name)`)"
      throw failure
    }
  }

  private func named(_ name: String, in store: RecordStore) throws -> Experiment {
    if let found = try store.experiment(named: name) { return try usable(found) }
    return try store.createExperiment(name)
  }

  private func usable(_ experiment: Experiment) throws -> Experiment {
    guard experiment.lifecycle == .active else {
      throw Failure(
        .conflict, "the experiment `\(experiment.name)` is deleted",
        hint: "`reprise experiments restore \(experiment.id)` brings it back")
    }
    return experiment
  }
}
