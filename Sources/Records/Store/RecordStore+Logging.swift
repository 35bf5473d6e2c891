import Formats
import GRDB
import Platform

extension RecordStore {
  /// Adds metrics, parameters and tags to a run, all or nothing.
  ///
  /// A metric that is there already (same key, value, time and step) is dropped, so that a batch can be sent again.
  /// A parameter that is there must have the same value. A tag is set anew; `mlflow.runName` renames the run.
  /// - Throws: ``Failure`` with code `.notFound` for an unknown run, `.invalid` for a deleted run and for names or
  ///   values that are not allowed, `.conflict` when a parameter would change.
  package func log(
    metrics: [Metric] = [], params: [Param] = [], tags: [Tag] = [], to run: RunID
  ) throws {
    for metric in metrics { try LogRules.check(metric) }
    let params = try params.map(LogRules.checked)
    let tags = try tags.map(LogRules.checked)
    var given: Set<String> = []
    for param in params where !given.insert(param.key).inserted {
      throw Failure(.invalid, "the parameter `\(param.key)` is given twice")
    }
    try recording { db, keys in
      let number = try activeRunNumber(db, run)
      for param in params { try add(db, param, to: number, run, keys) }
      for tag in tags { try set(db, tag, of: number, keys) }
      try insert(db, metrics, of: number, keys)
    }
  }

  /// Removes a tag.
  package func deleteTag(_ key: String, of run: RunID) throws {
    try writing { db in
      let number = try activeRunNumber(db, run)
      if let id = try KeyIDs(self, db).known(key) {
        try db.cachedStatement(sql: "DELETE FROM tags WHERE run = ? AND key = ?")
          .execute(arguments: [number, id])
        if db.changesCount > 0 { return }
      }
      throw Failure(.notFound, "run `\(run)` has no tag `\(key)`")
    }
  }

  /// Records what a run read and wrote; a path that is there already in that role is replaced.
  package func record(files: [RecordedFile], for run: RunID) throws {
    try writing { db in
      let number = try activeRunNumber(db, run)
      for file in files {
        try LogRules.checkText(file.path, file.role.rawValue, file.path)
        try db.cachedStatement(
          sql: """
            INSERT INTO files (run, role, path, kind, digest, size, file_count)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET kind = excluded.kind, digest = excluded.digest,
              size = excluded.size, file_count = excluded.file_count
            """
        ).execute(arguments: [
          number, file.role.rawValue, file.path, file.kind.rawValue, file.digest, file.size,
          file.fileCount,
        ])
      }
    }
  }

  /// Records the environment of a run: interpreter, packages, system.
  package func setEnvironment(_ environment: JSONValue, for run: RunID) throws {
    try writing { db in
      try db.cachedStatement(sql: "UPDATE run_details SET environment = ? WHERE run = ?")
        .execute(arguments: [environment.text(), activeRunNumber(db, run)])
    }
  }

  func insert(_ db: Database, _ param: Param, of run: Int64, _ keys: KeyIDs) throws {
    try db.cachedStatement(
      sql: "INSERT INTO params (run, key, value, kind, given) VALUES (?, ?, ?, ?, ?)"
    ).execute(arguments: [run, keys.id(of: param.key), param.value, param.kind, param.given])
  }

  /// Sets a tag; the run's name goes with its tag, unless it is empty, as in MLflow.
  func set(_ db: Database, _ tag: Tag, of run: Int64, _ keys: KeyIDs) throws {
    if tag.key == Tag.runName {
      guard !tag.value.isEmpty else { return }
      try db.cachedStatement(sql: "UPDATE runs SET name = ? WHERE number = ? AND name <> ?")
        .execute(arguments: [tag.value, run, tag.value])
    }
    try db.cachedStatement(
      sql: """
        INSERT INTO tags (run, key, value) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET value = excluded.value
        """
    ).execute(arguments: [run, keys.id(of: tag.key), tag.value])
  }

  private func add(
    _ db: Database, _ param: Param, to number: Int64, _ run: RunID, _ keys: KeyIDs
  ) throws {
    if let id = try keys.known(param.key),
      let old = try String.fetchOne(
        db.cachedStatement(sql: "SELECT value FROM params WHERE run = ? AND key = ?"),
        arguments: [number, id])
    {
      guard old != param.value else { return }
      throw Failure(
        .conflict,
        """
        changing param values is not allowed: `\(param.key)` of run `\(run)` is `\(old)`, \
        not `\(param.value)`
        """)
    }
    try insert(db, param, of: number, keys)
  }

  /// The number of a run that may be written.
  func activeRunNumber(_ db: Database, _ run: RunID) throws -> Int64 {
    let statement = try db.cachedStatement(
      sql: "SELECT number, deleted IS NULL FROM runs WHERE id = ?")
    guard let row = try Row.fetchOne(statement, arguments: [run.hex]) else {
      throw RecordStore.noRun(run)
    }
    guard row[1] else {
      throw Failure(
        .invalid, "run `\(run)` is deleted: it must be in the 'active' state",
        hint: "bring it back with `reprise runs restore \(run)`")
    }
    return row[0]
  }

  func runNumber(_ db: Database, _ run: RunID) throws -> Int64 {
    let statement = try db.cachedStatement(sql: "SELECT number FROM runs WHERE id = ?")
    guard let number = try Int64.fetchOne(statement, arguments: [run.hex]) else {
      throw RecordStore.noRun(run)
    }
    return number
  }

  static func noRun(_ run: RunID) -> Failure {
    Failure(.notFound, "run with id `\(run)` not found", hint: "list them with `reprise runs`")
  }
}
