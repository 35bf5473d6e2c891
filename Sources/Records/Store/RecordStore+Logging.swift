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
  /// - Parameter links: the logged models that metrics belong to as well, by the place of the metric.
  package func log(
    metrics: [Metric] = [], params: [Param] = [], tags: [Tag] = [],
    links: [Int: MetricLink] = [:], to run: RunID
  ) throws {
    let (params, tags) = try telling {
      for (index, metric) in metrics.enumerated() {
        try LogRules.check(metric, at: "metrics[\(index)]")
      }
      let kept = (
        try params.enumerated().map { try LogRules.checked($1, at: "params[\($0)]") },
        try tags.enumerated().map { try LogRules.checked($1, at: "tags[\($0)]") }
      )
      try LogRules.checkUnique(params)
      return kept
    }
    try recording { db, keys in
      let number = try activeRunNumber(db, run)
      let changes = try params.compactMap { try add(db, $0, to: number, keys) }
      if !changes.isEmpty { throw RecordFailure.paramsChanged(changes, run: run) }
      for tag in tags { try set(db, tag, of: number, keys) }
      try insert(db, metrics, of: number, keys)
      for (index, link) in links.sorted(by: { $0.key < $1.key }) where index < metrics.count {
        try attach(
          db, metrics[index], of: run, toLoggedModel: link.model, datasetName: link.datasetName,
          datasetDigest: link.datasetDigest)
      }
    }
  }

  /// Adds one metric to a run, as ``log(metrics:params:tags:to:)`` does.
  package func log(_ metric: Metric, link: MetricLink? = nil, to run: RunID) throws {
    try telling { try LogRules.check(metric) }
    try recording { db, keys in
      try insert(db, [metric], of: activeRunNumber(db, run), keys)
      guard let link else { return }
      try attach(
        db, metric, of: run, toLoggedModel: link.model, datasetName: link.datasetName,
        datasetDigest: link.datasetDigest)
    }
  }

  /// Adds one parameter to a run, as ``log(metrics:params:tags:to:)`` does.
  package func log(_ param: Param, to run: RunID) throws {
    let param = try telling { try LogRules.checked(param) }
    try recording { db, keys in
      if let change = try add(db, param, to: activeRunNumber(db, run), keys) {
        throw RecordFailure.paramChanged(change, run: run)
      }
    }
  }

  /// Sets one tag of a run, as ``log(metrics:params:tags:to:)`` does.
  package func set(_ tag: Tag, of run: RunID) throws {
    let tag = try telling { try LogRules.checked(tag) }
    try recording { db, keys in try set(db, tag, of: activeRunNumber(db, run), keys) }
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
      throw RecordFailure.noTag(key, run: run)
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

  /// Adds a parameter; gives the change that it would be when it has another value.
  private func add(
    _ db: Database, _ param: Param, to number: Int64, _ keys: KeyIDs
  ) throws -> RecordFailure.ParamChange? {
    if let id = try keys.known(param.key),
      let old = try String.fetchOne(
        db.cachedStatement(sql: "SELECT value FROM params WHERE run = ? AND key = ?"),
        arguments: [number, id])
    {
      return old == param.value ? nil : (param.key, old, param.value)
    }
    try insert(db, param, of: number, keys)
    return nil
  }

  /// The number of a run that may be written.
  func activeRunNumber(_ db: Database, _ run: RunID) throws -> Int64 {
    let statement = try db.cachedStatement(
      sql: "SELECT number, deleted IS NULL FROM runs WHERE id = ?")
    guard let row = try Row.fetchOne(statement, arguments: [run.hex]) else {
      throw RecordFailure.noRun(run.hex)
    }
    guard row[1] else { throw RecordFailure.runDeleted(run) }
    return row[0]
  }

  func runNumber(_ db: Database, _ run: RunID) throws -> Int64 {
    let statement = try db.cachedStatement(sql: "SELECT number FROM runs WHERE id = ?")
    guard let number = try Int64.fetchOne(statement, arguments: [run.hex]) else {
      throw RecordFailure.noRun(run.hex)
    }
    return number
  }
}
