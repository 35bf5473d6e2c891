import GRDB

/// What permissions are looked up by: the experiment of a thing, without reading the thing.
extension RecordStore {
  /// The experiment of a run, also of a deleted one; nil when there is no such run.
  package func experiment(of run: RunID) throws -> ExperimentID? {
    try reading { db in
      try Int64.fetchOne(
        db.cachedStatement(sql: "SELECT experiment FROM runs WHERE id = ?"), arguments: [run.hex]
      ).map { ExperimentID(number: $0) }
    }
  }

  /// The experiment of a logged model, also of a deleted one; nil when there is no such model.
  package func experiment(ofLoggedModel id: String) throws -> ExperimentID? {
    try reading { db in
      try Int64.fetchOne(
        db.cachedStatement(sql: "SELECT experiment FROM logged_models WHERE id = ?"),
        arguments: [id]
      ).map { ExperimentID(number: $0) }
    }
  }
}
