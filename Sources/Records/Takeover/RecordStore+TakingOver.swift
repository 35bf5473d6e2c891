import GRDB

extension RecordStore {
  /// Puts runs from elsewhere into the records, all in one transaction; of a run that is here, what is missing is added.
  ///
  /// The caller has met them before (see ``meeting(_:in:)``): nothing is compared here any more. Points that are here are
  /// dropped.
  package func takeOver(_ parts: [RunPart]) throws {
    guard !parts.isEmpty else { return }
    try recording { db, keys in
      for part in parts {
        let number = try put(db, part)
        try addValues(db, part.copy, to: number, keys)
        try insert(db, part.points, of: number, keys)
      }
    }
  }

  /// The number of the run's row, which is made or brought up to date.
  private func put(_ db: Database, _ part: RunPart) throws -> Int64 {
    let copy = part.copy
    let status = part.isLast ? copy.status : .running
    let end = part.isLast ? copy.endTime : nil
    let deleted = part.isLast ? copy.deletedTime : nil
    let known = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT number, status FROM runs WHERE id = ?"),
      arguments: [copy.id.hex])
    if let known {
      let number: Int64 = known[0]
      if RunStatus(rawValue: known[1])?.isOpen == true {
        try db.cachedStatement(
          sql: """
            UPDATE runs SET status = ?, ended = ?, deleted = coalesce(deleted, ?), name = ? WHERE number = ?
            """
        ).execute(arguments: [status.rawValue, end, deleted, copy.name, number])
      }
      return number
    }
    try db.cachedStatement(
      sql: """
        INSERT INTO runs (id, experiment, name, user, host, status, started, ended, deleted, artifact_uri)
        VALUES (?, ?, ?, ?, '', ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      copy.id.hex, part.experiment.number, copy.name, copy.user, status.rawValue, copy.startTime,
      end, deleted, copy.artifactURI,
    ])
    let number = db.lastInsertedRowID
    try db.cachedStatement(
      sql: "INSERT INTO run_details (run, entry_point, source_name) VALUES (?, ?, ?)"
    ).execute(arguments: [number, copy.entryPoint, copy.sourceName])
    return number
  }

  private func addValues(
    _ db: Database, _ copy: RunCopy, to number: Int64, _ keys: KeyIDs
  ) throws {
    let param = try db.cachedStatement(
      sql:
        "INSERT OR IGNORE INTO params (run, key, value, kind, given) VALUES (?, ?, ?, NULL, NULL)")
    for one in copy.params {
      try param.execute(arguments: [number, keys.id(of: one.key), one.value])
    }
    // Not through `set`: a name that differs from its tag stays as it is.
    let tag = try db.cachedStatement(
      sql: """
        INSERT INTO tags (run, key, value) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET value = excluded.value WHERE value <> excluded.value
        """)
    for one in copy.tags {
      try tag.execute(arguments: [number, keys.id(of: one.key), one.value])
    }
    for dataset in copy.datasets { try add(db, dataset, to: number) }
    for model in copy.modelInputs { try set(db, "input", model, step: nil, of: number) }
    for use in copy.modelOutputs { try set(db, "output", use.model, step: use.step, of: number) }
  }
}
