import Formats
import GRDB
import Platform

extension RecordStore {
  /// Makes the next version of a registered model; a logged model that it is made from remembers it.
  ///
  /// - Throws: ``RecordFailure`` when a name or tag is not allowed, the model is not there, or the source is not in the
  ///   artifacts of the run or logged model that is named; nothing is made then.
  @discardableResult
  package func createModelVersion(_ new: NewModelVersion) throws -> ModelVersion {
    try writing { db in
      try RecordStore.check(description: new.description)
      let source = try VersionSource(new, db, self)
      try RegistryRules.check(modelName: new.model)
      for tag in new.tags { try RegistryRules.check(tag) }
      let reader = RegistryReader(db: db)
      let model = try reader.number(ofModel: new.model)
      let now = Clock.milliseconds()
      let number = try nextVersion(db, model, now)
      try db.cachedStatement(
        sql: """
          INSERT INTO model_versions (model, version, created, updated, description, stage, source,
            storage, run_id, run_link, logged_model)
          VALUES (?, ?, ?, ?, ?, 'None', ?, ?, ?, ?, nullif(?, ''))
          """
      ).execute(arguments: [
        model, number, now, now, new.description, source.source, source.storage, source.runID,
        new.runLink, source.loggedModel,
      ])
      let row = db.lastInsertedRowID
      for tag in new.tags { try set(db, tag, ofVersion: row) }
      if !new.tags.arePrompt, let logged = new.loggedModel, !logged.isEmpty {
        try remember(db, new.model, number, by: logged)
      }
      return try RecordStore.version(reader, row)
    }
  }

  /// The version that a `models:/` URI of a registered model means.
  package func modelVersion(at uri: ModelURI) throws -> ModelVersion {
    try reading { try modelVersion($0, at: uri, "") }
  }

  func modelVersion(_ db: Database, at uri: ModelURI, _ source: String) throws -> ModelVersion {
    let reader = RegistryReader(db: db)
    func refusePrompt(_ name: String) throws {
      if try reader.models([reader.number(ofModel: name)]).contains(where: \.isPrompt) {
        throw RecordFailure.promptAsSource(source)
      }
    }
    switch uri {
    case .logged(let id): throw RecordFailure.noModel(id)
    case .version(let version, let name):
      try refusePrompt(name)
      return try RecordStore.version(reader, reader.number(ofVersion: version, of: name).row)
    case .alias(let alias, let name):
      try refusePrompt(name)
      return try modelVersion(db, of: name, alias: alias)
    case .latest(let name): return try newest(reader, name, stage: nil, refusePrompt)
    case .stage(let stage, let name): return try newest(reader, name, stage: stage, refusePrompt)
    }
  }

  private func newest(
    _ reader: RegistryReader, _ name: String, stage: String?, _ check: (String) throws -> Void
  ) throws -> ModelVersion {
    try check(name)
    let wanted = try stage.map { try ModelStage(named: $0) }
    let latest = try reader.models([reader.number(ofModel: name)]).first?.latestVersions ?? []
    guard
      let newest = latest.filter({ wanted == nil || $0.stage == wanted }).max(by: {
        $0.number < $1.number
      })
    else { throw RecordFailure.noVersion(inStage: stage, of: name) }
    let row = try reader.number(ofVersion: String(newest.number), of: name).row
    return try RecordStore.version(reader, row)
  }

  private func nextVersion(_ db: Database, _ model: Int64, _ time: Int64) throws -> Int64 {
    try db.cachedStatement(
      sql: "UPDATE registered_models SET last_version = last_version + 1, updated = ? WHERE id = ?"
    ).execute(arguments: [time, model])
    let number = try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT last_version FROM registered_models WHERE id = ?"),
      arguments: [model])
    guard let number else { throw Failure(.bug, "a registered model was lost in its transaction") }
    return number
  }

  /// Adds the version to the list that a logged model keeps in its tag `mlflow.modelVersions`, as MLflow writes it.
  private func remember(_ db: Database, _ name: String, _ version: Int64, by model: String) throws {
    let reader = LoggedModelReader(store: self, db: db)
    let key = "mlflow.modelVersions"
    let old = try reader.model(model)?.tags.first { $0.key == key }?.value
    let known = old.flatMap { try? JSONValue(parsing: $0).array } ?? []
    let new: JSONValue = ["name": .string(name), "version": .int(version)]
    guard !known.contains(new) else { return }
    let list = (known + [new]).map(PythonText.json).joined(separator: ", ")
    try set(db, Tag(key, "[\(list)]"), ofLoggedModel: reader.number(model))
  }
}
