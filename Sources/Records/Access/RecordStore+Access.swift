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

  /// Whether a registered model is a prompt; nil when there is no such model.
  package func isPrompt(model name: String) throws -> Bool? {
    try reading { db in
      let row = try Row.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT value FROM registered_models LEFT JOIN registered_model_tags
              ON model = registered_models.id AND key = ? WHERE name = ?
            """), arguments: [Tag.isPrompt, name])
      return row.map { ($0[0] as String?)?.lowercased() == "true" }
    }
  }
}
