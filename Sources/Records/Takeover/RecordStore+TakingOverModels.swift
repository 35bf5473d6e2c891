import GRDB
import Platform

extension RecordStore {
  /// Puts a logged model from elsewhere into the records, with its id; of one that is here, what is missing is added.
  ///
  /// - Parameter model: its experiment is one of ours; an empty ``LoggedModel/artifactURI`` is the place beside the database.
  /// - Returns: whether it is new here.
  /// - Throws: ``Failure`` when a name or value may not stand here, or a parameter differs.
  package func takeOver(_ model: LoggedModel) throws -> Bool {
    try writing { db in
      try RecordStore.check(loggedModelName: model.name)
      for tag in model.tags { try RecordStore.check(tag.key, tag.value) }
      for param in model.params { try RecordStore.check(param.key, param.value) }
      for text in [model.modelType ?? "", model.sourceRun ?? "", model.statusMessage ?? ""] {
        try RegistryRules.checkText(text, as: "model")
      }
      let statement = try db.cachedStatement(sql: "SELECT number FROM logged_models WHERE id = ?")
      let known = try Int64.fetchOne(statement, arguments: [model.id])
      let number = try known ?? make(db, model)
      if known != nil {
        try db.cachedStatement(
          sql:
            "UPDATE logged_models SET status = ?, updated = max(updated, ?) WHERE number = ? AND status < 2"
        ).execute(arguments: [model.status.rawValue, model.updated, number])
      }
      try add(db, model.params, toLoggedModel: number, model.id)
      for tag in model.tags { try set(db, tag, ofLoggedModel: number) }
      for one in model.metrics {
        guard let run = RunID(one.run) else { continue }
        try attach(
          db, one.metric, of: run, toLoggedModel: model.id, datasetName: one.datasetName,
          datasetDigest: one.datasetDigest)
      }
      return known == nil
    }
  }

  private func make(_ db: Database, _ model: LoggedModel) throws -> Int64 {
    try db.cachedStatement(
      sql: """
        INSERT INTO logged_models (id, experiment, name, created, updated, status, status_message,
          artifact_uri, model_type, source_run, deleted)
        VALUES (?, ?, ?, ?, ?, ?, ?, nullif(?, ''), ?, ?, ?)
        """
    ).execute(arguments: [
      model.id, model.experiment.number, model.name, model.created, model.updated,
      model.status.rawValue, model.statusMessage, model.artifactURI, model.modelType,
      model.sourceRun, model.isDeleted ? model.updated : nil,
    ])
    return db.lastInsertedRowID
  }
}
