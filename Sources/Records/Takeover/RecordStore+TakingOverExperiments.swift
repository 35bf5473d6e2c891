import GRDB
import Platform

extension RecordStore {
  /// Makes an experiment as it was elsewhere, or finds the one that has its name; tags that are missing there are added.
  ///
  /// - Returns: its id here.
  /// - Throws: ``Failure`` when the name is not allowed.
  package func takeOver(_ copy: ExperimentCopy) throws -> ExperimentID {
    try writing { db in
      try LogRules.check(experimentName: copy.name)
      let known = try Int64.fetchOne(
        db.cachedStatement(sql: "SELECT id FROM experiments WHERE name = ?"),
        arguments: [copy.name])
      let id = try known ?? make(db, copy)
      let insert = try db.cachedStatement(
        sql: "INSERT OR IGNORE INTO experiment_tags (experiment, key, value) VALUES (?, ?, ?)")
      for tag in copy.tags {
        do { try LogRules.check(experimentTag: tag) } catch { continue }
        try insert.execute(arguments: [id, tag.key, tag.value])
      }
      return ExperimentID(number: id)
    }
  }

  private func make(_ db: Database, _ copy: ExperimentCopy) throws -> Int64 {
    let created = copy.created ?? Clock.milliseconds()
    let updated = copy.updated ?? created
    try db.cachedStatement(
      sql: """
        INSERT INTO experiments (name, artifact_location, created, updated, deleted)
        VALUES (?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      copy.name, copy.artifactLocation, created, updated,
      copy.lifecycle == .deleted ? updated : nil,
    ])
    return db.lastInsertedRowID
  }
}
