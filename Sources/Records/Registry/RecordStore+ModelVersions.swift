import GRDB
import Platform

extension RecordStore {
  /// A version of a registered model.
  ///
  /// - Parameter version: its number, in decimal.
  /// - Throws: ``RecordFailure`` when the text is no number, or there is no such version.
  package func modelVersion(of model: String, _ version: String) throws -> ModelVersion {
    try reading { db in
      let reader = RegistryReader(db: db)
      return try RecordStore.version(reader, reader.number(ofVersion: version, of: model).row)
    }
  }

  /// The newest version of some stages, or of every stage that has one when none is named.
  package func latestVersions(of model: String, stages: [String] = []) throws -> [ModelVersion] {
    try reading { db in
      let reader = RegistryReader(db: db)
      let number = try reader.number(ofModel: model)
      let wanted = try Set(stages.map { try ModelStage(named: $0) })
      let latest = try reader.models([number]).first?.latestVersions ?? []
      let rows = try latest.filter { wanted.isEmpty || wanted.contains($0.stage) }.map {
        try reader.number(ofVersion: String($0.number), of: model).row
      }
      return try reader.versions(rows, withAliases: true)
    }
  }

  /// Sets the description; nil takes it away.
  package func describeModelVersion(
    of model: String, _ version: String, as description: String?
  ) throws -> ModelVersion {
    try writing { db in
      try RecordStore.check(description: description)
      let reader = RegistryReader(db: db)
      let found = try reader.number(ofVersion: version, of: model)
      try db.cachedStatement(
        sql: "UPDATE model_versions SET description = ?, updated = ? WHERE id = ?"
      ).execute(arguments: [description, Clock.milliseconds(), found.row])
      return try RecordStore.version(reader, found.row)
    }
  }

  /// Moves a version to a stage.
  ///
  /// - Parameter archivesOthers: whether the versions that stand there are archived; only for stages that are used.
  package func moveModelVersion(
    of model: String, _ version: String, to stage: String, archivesOthers: Bool = false
  ) throws -> ModelVersion {
    try writing { db in
      let wanted = try ModelStage(named: stage)
      if archivesOthers, !wanted.isActive { throw RecordFailure.inactiveStage(stage) }
      let reader = RegistryReader(db: db)
      let found = try reader.number(ofVersion: version, of: model)
      let now = Clock.milliseconds()
      if archivesOthers {
        try db.cachedStatement(
          sql: """
            UPDATE model_versions SET stage = 'Archived', updated = ?
            WHERE model = ? AND stage = ? AND id <> ?
            """
        ).execute(arguments: [now, found.model, wanted.rawValue, found.row])
      }
      try db.cachedStatement(sql: "UPDATE model_versions SET stage = ?, updated = ? WHERE id = ?")
        .execute(arguments: [wanted.rawValue, now, found.row])
      try RecordStore.touch(db, model: found.model, now)
      return try RecordStore.version(reader, found.row)
    }
  }

  /// Deletes a version and the aliases that point to it; its number is not given again.
  package func deleteModelVersion(of model: String, _ version: String) throws {
    try writing { db in
      let found = try RegistryReader(db: db).number(ofVersion: version, of: model)
      try db.cachedStatement(
        sql: "DELETE FROM registered_model_aliases WHERE model = ? AND version = ?"
      ).execute(arguments: [found.model, found.version])
      try db.cachedStatement(sql: "DELETE FROM model_version_tags WHERE version = ?")
        .execute(arguments: [found.row])
      try db.cachedStatement(sql: "DELETE FROM model_versions WHERE id = ?")
        .execute(arguments: [found.row])
      try RecordStore.touch(db, model: found.model, Clock.milliseconds())
    }
  }

  package func setTag(_ tag: Tag, ofVersion version: String, of model: String) throws {
    try writing { db in
      try RegistryRules.check(modelName: model)
      _ = try RegistryRules.number(ofVersion: version)
      try RegistryRules.check(tag)
      try set(db, tag, ofVersion: RegistryReader(db: db).number(ofVersion: version, of: model).row)
    }
  }

  /// Removes a tag; one that is not there is no error, as in MLflow.
  package func deleteTag(_ key: String, ofVersion version: String, of model: String) throws {
    try writing { db in
      try RegistryRules.check(modelName: model)
      _ = try RegistryRules.number(ofVersion: version)
      try RegistryRules.check(tagKey: key)
      let found = try RegistryReader(db: db).number(ofVersion: version, of: model)
      try db.cachedStatement(sql: "DELETE FROM model_version_tags WHERE version = ? AND key = ?")
        .execute(arguments: [found.row, key])
    }
  }

  func set(_ db: Database, _ tag: Tag, ofVersion row: Int64) throws {
    try db.cachedStatement(
      sql: "INSERT OR REPLACE INTO model_version_tags (version, key, value) VALUES (?, ?, ?)"
    ).execute(arguments: [row, tag.key, tag.value])
  }

  static func touch(_ db: Database, model: Int64, _ time: Int64) throws {
    try db.cachedStatement(sql: "UPDATE registered_models SET updated = ? WHERE id = ?")
      .execute(arguments: [time, model])
  }

  static func version(_ reader: RegistryReader, _ row: Int64) throws -> ModelVersion {
    guard let version = try reader.versions([row], withAliases: true).first else {
      throw Failure(.corrupt, "a version of a model stands in the registry without its model")
    }
    return version
  }
}
