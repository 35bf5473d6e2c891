import Formats
import GRDB
import Platform

extension RecordStore {
  /// Records which logged models a run read.
  package func log(modelInputs models: [String], to run: RunID) throws {
    try writing { db in
      let number = try activeRunNumber(db, run)
      for model in models { try set(db, "input", model, step: nil, of: number) }
    }
  }

  /// Records which logged models a run made; one that is there gets the new step.
  package func log(modelOutputs models: [ModelUse], to run: RunID) throws {
    try writing { db in
      let number = try activeRunNumber(db, run)
      for use in models { try set(db, "output", use.model, step: use.step, of: number) }
    }
  }

  func set(
    _ db: Database, _ role: String, _ model: String, step: Int64?, of run: Int64
  ) throws {
    try LogRules.checkText(model, "model", model)
    try db.cachedStatement(
      sql: """
        INSERT INTO run_models (run, role, model, step) VALUES (?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET step = excluded.step
        """
    ).execute(arguments: [run, role, model, step])
  }

  /// Adds the description of a model to the list in the tag `mlflow.log-model.history`, as MLflow's clients before
  /// 3.0 log models.
  ///
  /// A tag that holds no list is begun anew.
  package func appendModel(_ description: JSONValue, to run: RunID) throws {
    try recording { db, keys in
      let number = try activeRunNumber(db, run)
      let key = try keys.id(of: Tag.modelHistory)
      let old = try String.fetchOne(
        db.cachedStatement(sql: "SELECT value FROM tags WHERE run = ? AND key = ?"),
        arguments: [number, key])
      let list = old.flatMap { try? JSONValue(parsing: $0) }?.array ?? []
      let text = PythonText.json(.array(list + [description]))
      try LogRules.checkText(text, "tag", Tag.modelHistory)
      // As long as it gets: what is cut could not be read again.
      try set(db, Tag(Tag.modelHistory, text), of: number, keys)
    }
  }
}

extension Tag {
  /// The key of the list of models that a run logged.
  package static let modelHistory = "mlflow.log-model.history"
}
