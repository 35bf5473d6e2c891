import GRDB
import Platform

extension RecordStore {
  /// Points an alias to a version, away from the one it pointed to.
  ///
  /// - Throws: ``RecordFailure`` when the alias is not allowed or reserved, or there is no such version.
  package func setAlias(_ alias: String, of model: String, to version: String) throws {
    try writing { db in
      try RegistryRules.check(modelName: model)
      try RegistryRules.check(alias: alias)
      try RegistryRules.checkUnreserved(alias: alias)
      let found = try RegistryReader(db: db).number(ofVersion: version, of: model)
      try db.cachedStatement(
        sql: """
          INSERT OR REPLACE INTO registered_model_aliases (model, alias, version) VALUES (?, ?, ?)
          """
      ).execute(arguments: [found.model, alias, found.version])
    }
  }

  /// Removes an alias; one that is not there is no error, as in MLflow.
  package func deleteAlias(_ alias: String, of model: String) throws {
    try writing { db in
      try RegistryRules.check(modelName: model)
      try RegistryRules.check(alias: alias)
      let number = try RegistryReader(db: db).number(ofModel: model)
      try db.cachedStatement(
        sql: "DELETE FROM registered_model_aliases WHERE model = ? AND alias = ?"
      ).execute(arguments: [number, alias])
    }
  }

  /// The version that an alias points to; `latest` is the highest one.
  package func modelVersion(of model: String, alias: String) throws -> ModelVersion {
    try reading { try modelVersion($0, of: model, alias: alias) }
  }

  func modelVersion(_ db: Database, of model: String, alias: String) throws -> ModelVersion {
    try RegistryRules.check(modelName: model)
    try RegistryRules.check(alias: alias)
    let reader = RegistryReader(db: db)
    let number = try reader.number(ofModel: model)
    let isLatest = alias.lowercased() == "latest"
    let row =
      isLatest
      ? try Int64.fetchOne(
        db.cachedStatement(
          sql: "SELECT id FROM model_versions WHERE model = ? ORDER BY version DESC LIMIT 1"),
        arguments: [number])
      : try Int64.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT v.id FROM registered_model_aliases AS a
            JOIN model_versions AS v ON v.model = a.model AND v.version = a.version
            WHERE a.model = ? AND a.alias = ?
            """), arguments: [number, alias])
    guard let version = try reader.versions(row.map { [$0] } ?? [], withAliases: true).first else {
      throw isLatest ? RecordFailure.noLatestVersion(of: model) : .noAlias(alias, of: model)
    }
    return version
  }
}
