import GRDB
import Platform

extension RecordStore {
  /// Makes a logged model, whose files are then to be sent; it is pending until ``finishLoggedModel(_:as:)``.
  ///
  /// - Throws: ``RecordFailure`` when the experiment is missing or deleted, or the name is not allowed.
  package func createLoggedModel(_ new: NewLoggedModel) throws -> LoggedModel {
    try writing { db in
      if let name = new.name { try RecordStore.check(loggedModelName: name) }
      for tag in new.tags { try RecordStore.check(tag.key, tag.value) }
      for param in new.params { try RecordStore.check(param.key, param.value) }
      for text in [new.modelType ?? "", new.sourceRun ?? ""] {
        try RegistryRules.checkText(text, as: "model")
      }
      let id = "m-\(RunID.random())"
      var generator = SystemRandomNumberGenerator()
      let now = Clock.milliseconds()
      try db.cachedStatement(
        sql: """
          INSERT INTO logged_models (id, experiment, name, created, updated, status, artifact_uri, model_type, source_run)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """
      ).execute(arguments: [
        id, new.experiment.number, new.name ?? RunName.random(using: &generator), now, now,
        LoggedModelStatus.pending.rawValue,
        try artifactURI(db, ofLoggedModel: id, in: new.experiment), new.modelType, new.sourceRun,
      ])
      let number = db.lastInsertedRowID
      try add(db, new.params, toLoggedModel: number, id)
      for tag in new.tags { try set(db, tag, ofLoggedModel: number) }
      return try RecordStore.loggedModel(LoggedModelReader(store: self, db: db), number, id)
    }
  }

  /// A logged model.
  ///
  /// - Throws: ``RecordFailure`` when there is none of that id, or it is deleted.
  package func loggedModel(_ id: String, includingDeleted: Bool = false) throws -> LoggedModel {
    try reading { db in
      let reader = LoggedModelReader(store: self, db: db)
      guard let model = try reader.models([reader.number(id)]).first,
        includingDeleted || !model.isDeleted
      else { throw RecordFailure.noLoggedModel(id) }
      return model
    }
  }

  /// Says how the upload of a model ended.
  package func finishLoggedModel(_ id: String, as status: LoggedModelStatus) throws -> LoggedModel {
    try writing { db in
      let reader = LoggedModelReader(store: self, db: db)
      let number = try reader.number(id)
      try db.cachedStatement(
        sql: "UPDATE logged_models SET status = ?, updated = ? WHERE number = ?"
      ).execute(arguments: [status.rawValue, Clock.milliseconds(), number])
      return try RecordStore.loggedModel(reader, number, id)
    }
  }

  /// Marks a model as deleted; its files stay until they are purged.
  package func deleteLoggedModel(_ id: String) throws {
    try writing { db in
      let number = try LoggedModelReader(store: self, db: db).number(id)
      let now = Clock.milliseconds()
      try db.cachedStatement(
        sql: "UPDATE logged_models SET deleted = ?, updated = ? WHERE number = ?"
      ).execute(arguments: [now, now, number])
    }
  }

  package func setTags(_ tags: [Tag], ofLoggedModel id: String) throws {
    try writing { db in
      let number = try LoggedModelReader(store: self, db: db).number(id)
      for tag in tags {
        try RecordStore.check(tag.key, tag.value)
        try set(db, tag, ofLoggedModel: number)
      }
    }
  }

  /// Removes a tag.
  ///
  /// - Throws: ``RecordFailure`` when it is not there.
  package func deleteTag(_ key: String, ofLoggedModel id: String) throws {
    try writing { db in
      let number = try LoggedModelReader(store: self, db: db).number(id)
      try db.cachedStatement(sql: "DELETE FROM logged_model_tags WHERE model = ? AND key = ?")
        .execute(arguments: [number, key])
      if db.changesCount == 0 { throw RecordFailure.noLoggedModelTag(key, of: id) }
    }
  }

  /// Adds parameters; one that is there must have the same value.
  package func log(params: [Param], toLoggedModel id: String) throws {
    try writing { db in
      let number = try LoggedModelReader(store: self, db: db).number(id)
      for param in params { try RecordStore.check(param.key, param.value) }
      try add(db, params, toLoggedModel: number, id)
    }
  }

  /// Adds values that runs measured.
  package func log(metrics: [LoggedModelMetric], toLoggedModel id: String) throws {
    try writing { db in
      let number = try LoggedModelReader(store: self, db: db).number(id)
      for metric in metrics { try attach(db, metric, toLoggedModel: number) }
    }
  }

  /// Attaches a value that a run measured to a logged model; a value of the same run, time and step is replaced.
  ///
  /// - Throws: ``RecordFailure`` when there is no such model.
  func attach(
    _ db: Database, _ metric: Metric, of run: RunID, toLoggedModel id: String,
    datasetName: String? = nil, datasetDigest: String? = nil
  ) throws {
    let value = LoggedModelMetric(
      metric: metric, run: run.hex, datasetName: datasetName, datasetDigest: datasetDigest)
    try attach(db, value, toLoggedModel: LoggedModelReader(store: self, db: db).number(id))
  }

  private func attach(
    _ db: Database, _ value: LoggedModelMetric, toLoggedModel number: Int64
  ) throws {
    let metric = value.metric
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO logged_model_metrics
          (model, key, timestamp, step, run, value, dataset_name, dataset_digest)
        VALUES (?, ?, ?, ?, ?, ?, nullif(?, ''), nullif(?, ''))
        """
    ).execute(arguments: [
      number, metric.key, metric.timestamp, metric.step, value.run,
      metric.value.isNaN ? nil : metric.value, value.datasetName, value.datasetDigest,
    ])
  }

  func set(_ db: Database, _ tag: Tag, ofLoggedModel number: Int64) throws {
    try db.cachedStatement(
      sql: "INSERT OR REPLACE INTO logged_model_tags (model, key, value) VALUES (?, ?, ?)"
    ).execute(arguments: [number, tag.key, tag.value])
  }
}
