import GRDB
import Platform

extension RecordStore {
  /// Puts a registered model from elsewhere into the registry, with the numbers of its versions; what is here already
  /// stays, what is missing is added.
  ///
  /// - Parameters:
  ///   - model: its latest versions do not matter.
  ///   - lastVersion: the highest number ever given there, also to a version that was deleted.
  /// - Returns: how many versions are new, and what differs here.
  /// - Throws: ``Failure`` when a name may not stand here.
  package func takeOver(
    _ model: RegisteredModel, versions: [ModelVersion], lastVersion: Int64
  ) throws -> (isNew: Bool, versions: Int, conflicts: [String]) {
    try writing { db in
      try RegistryRules.check(modelName: model.name)
      try RecordStore.check(description: model.description)
      let known = try RegistryReader(db: db).knownNumber(ofModel: model.name)
      let number = try known ?? make(db, model)
      for tag in model.tags where (try? RegistryRules.check(tag)) != nil {
        try db.cachedStatement(
          sql: "INSERT OR IGNORE INTO registered_model_tags (model, key, value) VALUES (?, ?, ?)"
        ).execute(arguments: [number, tag.key, tag.value])
      }
      var conflicts: [String] = []
      var added = 0
      for version in versions {
        if let old = try sourceOfVersion(db, version.number, number) {
          if old != version.source {
            conflicts.append(
              "version \(version.number) of `\(model.name)` is from `\(old)` here and from `\(version.source)` there"
            )
          }
        } else {
          try add(db, version, to: number)
          added += 1
        }
      }
      let highest = versions.map(\.number).max() ?? 0
      try db.cachedStatement(
        sql: "UPDATE registered_models SET last_version = max(last_version, ?) WHERE id = ?"
      ).execute(arguments: [max(lastVersion, highest), number])
      for alias in model.aliases where (try? RegistryRules.check(alias: alias.name)) != nil {
        guard try sourceOfVersion(db, alias.version, number) != nil else { continue }
        try db.cachedStatement(
          sql:
            "INSERT OR IGNORE INTO registered_model_aliases (model, alias, version) VALUES (?, ?, ?)"
        ).execute(arguments: [number, alias.name, alias.version])
      }
      return (known == nil, added, conflicts)
    }
  }

  private func sourceOfVersion(_ db: Database, _ version: Int64, _ model: Int64) throws -> String? {
    try String.fetchOne(
      db.cachedStatement(sql: "SELECT source FROM model_versions WHERE model = ? AND version = ?"),
      arguments: [model, version])
  }

  private func make(_ db: Database, _ model: RegisteredModel) throws -> Int64 {
    try db.cachedStatement(
      sql: "INSERT INTO registered_models (name, created, updated, description) VALUES (?, ?, ?, ?)"
    ).execute(arguments: [model.name, model.created, model.updated, model.description])
    return db.lastInsertedRowID
  }

  private func add(_ db: Database, _ version: ModelVersion, to model: Int64) throws {
    try RegistryRules.checkText(version.source, as: "source")
    try RecordStore.check(description: version.description)
    try db.cachedStatement(
      sql: """
        INSERT INTO model_versions (model, version, created, updated, description, user, stage, source,
          storage, run_id, run_link, logged_model)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      model, version.number, version.created, version.updated, version.description, version.user,
      version.stage.rawValue, version.source, version.storage, version.runID, version.runLink,
      version.loggedModel,
    ])
    let row = db.lastInsertedRowID
    for tag in version.tags where (try? RegistryRules.check(tag)) != nil {
      try set(db, tag, ofVersion: row)
    }
  }
}
