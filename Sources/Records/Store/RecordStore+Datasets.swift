import GRDB
import Platform

extension RecordStore {
  /// Records that a run read some data. A dataset is one per experiment, name and digest; it stands on a run once,
  /// with the tags that came first, as in MLflow.
  package func log(datasets: [DatasetInput], to run: RunID) throws {
    try telling { for dataset in datasets { try LogRules.check(dataset) } }
    try writing { db in
      let number = try activeRunNumber(db, run)
      for dataset in datasets { try add(db, dataset, to: number) }
    }
  }

  /// What a run read, in the order of names and digests.
  package func datasets(of run: RunID) throws -> [DatasetInput] {
    try reading { db in
      let number = try runNumber(db, run)
      let rows = try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT d.id, d.name, d.digest, d.source_type, d.source, d.schema, d.profile
            FROM dataset_inputs AS i JOIN datasets AS d ON d.id = i.dataset
            WHERE i.run = ? ORDER BY d.name, d.digest
            """), arguments: [number])
      let tags = try db.cachedStatement(
        sql: "SELECT key, value FROM dataset_input_tags WHERE run = ? AND dataset = ? ORDER BY key")
      return try rows.map { row in
        DatasetInput(
          name: row[1], digest: row[2], sourceType: row[3], source: row[4], schema: row[5],
          profile: row[6],
          tags: try Row.fetchAll(tags, arguments: [number, row[0] as Int64]).map {
            Tag($0[0], $0[1])
          })
      }
    }
  }

  func add(_ db: Database, _ dataset: DatasetInput, to number: Int64) throws {
    try db.cachedStatement(
      sql: """
        INSERT OR IGNORE INTO datasets
          (experiment, name, digest, source_type, source, schema, profile)
        SELECT experiment, ?, ?, ?, ?, ?, ? FROM runs WHERE number = ?
        """
    ).execute(arguments: [
      dataset.name, dataset.digest, dataset.sourceType, dataset.source, dataset.schema,
      dataset.profile, number,
    ])
    let id = try Int64.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT d.id FROM datasets AS d JOIN runs AS r ON r.experiment = d.experiment
          WHERE r.number = ? AND d.name = ? AND d.digest = ?
          """), arguments: [number, dataset.name, dataset.digest])
    guard let id else { throw Failure(.bug, "the dataset `\(dataset.name)` was not stored") }
    try db.cachedStatement(
      sql: "INSERT OR IGNORE INTO dataset_inputs (run, dataset) VALUES (?, ?)"
    ).execute(arguments: [number, id])
    guard db.changesCount > 0 else { return }
    for tag in dataset.tags {
      try db.cachedStatement(
        sql:
          "INSERT OR REPLACE INTO dataset_input_tags (run, dataset, key, value) VALUES (?, ?, ?, ?)"
      ).execute(arguments: [number, id, tag.key, tag.value])
    }
  }
}
