import GRDB
import Platform
import SystemPackage

extension RecordStore {
  /// All experiments of a lifecycle, in the order of their ids.
  package func experiments(view: LifecycleView = .active) throws -> [Experiment] {
    try reading { db in
      let condition =
        switch view {
        case .active: "deleted IS NULL"
        case .deleted: "deleted IS NOT NULL"
        case .all: "1"
        }
      return try experiments(db, where: condition, [])
    }
  }

  /// An experiment, deleted ones too.
  package func experiment(id: ExperimentID) throws -> Experiment {
    try reading { try experiment($0, id) }
  }

  /// The experiment of a name, deleted ones too; nil when there is none.
  package func experiment(named name: String) throws -> Experiment? {
    try reading { try experiments($0, where: "name = ?", [name]).first }
  }

  /// Makes an experiment.
  ///
  /// - Parameter artifactLocation: where its artifacts are kept; beside the database when nil.
  /// - Throws: ``Failure`` with code `.conflict` when the name is taken, also by a deleted experiment.
  @discardableResult
  package func createExperiment(
    _ name: String, artifactLocation: String? = nil, tags: [Tag] = [], at time: Int64? = nil
  ) throws -> Experiment {
    try telling {
      try LogRules.check(experimentName: name)
      for tag in tags { try LogRules.check(experimentTag: tag) }
    }
    let time = time ?? Clock.milliseconds()
    return try writing { db in
      try checkFree(db, name)
      try db.cachedStatement(
        sql: """
          INSERT INTO experiments (name, artifact_location, created, updated) VALUES (?, ?, ?, ?)
          """
      ).execute(arguments: [name, artifactLocation, time, time])
      let id = ExperimentID(number: db.lastInsertedRowID)
      for tag in tags { try set(db, tag, of: id) }
      return try experiment(db, id)
    }
  }

  /// - Throws: ``Failure`` with code `.conflict` when the name is taken, `.invalid` when the experiment is deleted.
  package func renameExperiment(_ id: ExperimentID, to name: String) throws {
    try telling { try LogRules.check(experimentName: name) }
    try writing { db in
      let old = try experiment(db, id)
      guard old.lifecycle == .active else { throw RecordFailure.renamingDeleted(id) }
      if old.name == name { return }
      try checkFree(db, name)
      try db.execute(
        sql: "UPDATE experiments SET name = ?, updated = ? WHERE id = ?",
        arguments: [name, Clock.milliseconds(), id.number])
    }
  }

  /// Deletes an experiment and its runs; ``restoreExperiment(_:)`` brings back all of them, as MLflow does.
  package func deleteExperiment(_ id: ExperimentID) throws {
    try setDeleted(id, true)
  }

  /// Brings back a deleted experiment with all its runs.
  package func restoreExperiment(_ id: ExperimentID) throws {
    try setDeleted(id, false)
  }

  package func setExperimentTag(_ tag: Tag, of id: ExperimentID) throws {
    try telling { try LogRules.check(experimentTag: tag) }
    try writing { db in
      _ = try activeExperiment(db, id)
      try set(db, tag, of: id)
    }
  }

  package func deleteExperimentTag(_ key: String, of id: ExperimentID) throws {
    try writing { db in
      _ = try activeExperiment(db, id)
      try db.execute(
        sql: "DELETE FROM experiment_tags WHERE experiment = ? AND key = ?",
        arguments: [id.number, key])
      if db.changesCount == 0 {
        throw RecordFailure.noTag(key, experiment: id)
      }
    }
  }

  private func setDeleted(_ id: ExperimentID, _ deleted: Bool) throws {
    try writing(durably: true) { db in
      let old = try experiment(db, id)
      guard (old.lifecycle == .active) == deleted else {
        throw RecordFailure.experimentAlready(id, old.lifecycle)
      }
      let now = Clock.milliseconds()
      try db.execute(
        sql: "UPDATE experiments SET deleted = ?, updated = ? WHERE id = ?",
        arguments: [deleted ? now : nil, now, id.number])
      try db.execute(
        sql: "UPDATE runs SET deleted = ? WHERE experiment = ?",
        arguments: [deleted ? now : nil, id.number])
    }
  }

  private func set(_ db: Database, _ tag: Tag, of id: ExperimentID) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO experiment_tags (experiment, key, value) VALUES (?, ?, ?)",
      arguments: [id.number, tag.key, tag.value])
  }

  private func checkFree(_ db: Database, _ name: String) throws {
    guard let other = try experiments(db, where: "name = ?", [name]).first else { return }
    throw RecordFailure.experimentExists(other)
  }

  func activeExperiment(_ db: Database, _ id: ExperimentID) throws -> Experiment {
    let found = try experiment(db, id)
    guard found.lifecycle == .active else { throw RecordFailure.experimentDeleted(id) }
    return found
  }

  func experiment(_ db: Database, _ id: ExperimentID) throws -> Experiment {
    guard let found = try experiments(db, where: "id = ?", [id.number]).first else {
      throw RecordFailure.noExperiment(id)
    }
    return found
  }

  private func experiments(
    _ db: Database, where condition: String, _ arguments: StatementArguments
  ) throws -> [Experiment] {
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT id, name, artifact_location, created, updated, deleted
          FROM experiments WHERE \(condition) ORDER BY id
          """), arguments: arguments)
    let tags = try db.cachedStatement(
      sql: "SELECT key, value FROM experiment_tags WHERE experiment = ? ORDER BY key")
    return try rows.map { row in
      let id = ExperimentID(number: row[0])
      let location: String? = row[2]
      return Experiment(
        id: id, name: row[1],
        artifactLocation: location ?? folder.appending("artifacts/\(id)").string,
        hasDefaultArtifactLocation: location == nil,
        lifecycle: row[5] as Int64? == nil ? .active : .deleted, created: row[3], updated: row[4],
        tags: try Row.fetchAll(tags, arguments: [id.number]).map { Tag($0[0], $0[1]) })
    }
  }
}
