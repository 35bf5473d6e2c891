import GRDB

extension RecordStore {
  /// Hands on the runs of an experiment as another program is to have them, deleted ones too, in the order in which they
  /// were started; some are read at a time, each time by itself.
  package func eachCopy(in experiment: ExperimentID, _ body: (RunCopy) throws -> Void) throws {
    let numbers = try reading { db in
      try Int64.fetchAll(
        db, sql: "SELECT number FROM runs WHERE experiment = ? ORDER BY started, id",
        arguments: [experiment.number])
    }
    for start in stride(from: 0, to: numbers.count, by: 100) {
      let page = Array(numbers[start..<min(start + 100, numbers.count)])
      let runs = try reading { db in
        try RunReader(store: self, db: db).runs(page, withInputs: true)
      }
      for run in runs { try body(RunCopy(run)) }
    }
  }

  /// Hands on the points of a run, metric by metric in the order of their steps, some at a time.
  package func eachBatch(
    of run: RunID, size: Int = 10_000, _ body: ([Metric]) throws -> Void
  ) throws {
    try reading { db in
      let number = try runNumber(db, run)
      let statement = try db.cachedStatement(
        sql: """
          SELECT k.name, m.value, m.timestamp, m.step
          FROM keys AS k CROSS JOIN metrics AS m ON m.run = ?1 AND m.key = k.id
          WHERE k.id IN (SELECT key FROM latest_metrics WHERE run = ?1)
          ORDER BY k.name, m.step, m.timestamp
          """)
      let rows = try Row.fetchCursor(statement, arguments: [number])
      var batch: [Metric] = []
      while let row = try rows.next() {
        let value = Double.fromDatabaseValue(row[1]) ?? .nan
        batch.append(Metric(row[0], value, timestamp: row[2], step: row[3]))
        if batch.count == size {
          try body(batch)
          batch.removeAll(keepingCapacity: true)
        }
      }
      if !batch.isEmpty { try body(batch) }
    }
  }

  /// How many points of metrics a run has.
  package func pointCount(of run: RunID) throws -> Int {
    try reading { db in
      try Int.fetchOne(
        db.cachedStatement(sql: "SELECT count(*) FROM metrics WHERE run = ?"),
        arguments: [runNumber(db, run)]) ?? 0
    }
  }

  /// All logged models of an experiment, deleted ones too, in the order in which they were made.
  package func allLoggedModels(in experiment: ExperimentID) throws -> [LoggedModel] {
    try reading { db in
      let numbers = try Int64.fetchAll(
        db, sql: "SELECT number FROM logged_models WHERE experiment = ? ORDER BY created, id",
        arguments: [experiment.number])
      return try LoggedModelReader(store: self, db: db).models(numbers)
    }
  }

  /// All names of the registry in their order, prompts too, each with its versions and the highest number ever given.
  package func eachRegisteredModel(
    _ body: (_ model: RegisteredModel, _ versions: [ModelVersion], _ last: Int64) throws -> Void
  ) throws {
    let all = try reading { db in
      try Row.fetchAll(db, sql: "SELECT id, last_version FROM registered_models ORDER BY name")
        .map { row -> (id: Int64, last: Int64) in (row[0], row[1]) }
    }
    for (id, last) in all {
      let found = try reading { db in
        let reader = RegistryReader(db: db)
        let rows = try Int64.fetchAll(
          db.cachedStatement(sql: "SELECT id FROM model_versions WHERE model = ? ORDER BY version"),
          arguments: [id])
        return (try reader.models([id]).first, try reader.versions(rows, withAliases: true))
      }
      if let model = found.0 { try body(model, found.1, last) }
    }
  }
}

extension RunCopy {
  /// What another program is to have of a run.
  init(_ run: Run) {
    self.init(
      id: run.id, name: run.name, user: run.user, status: run.status, startTime: run.startTime,
      endTime: run.endTime, deletedTime: run.deletedTime, artifactURI: run.artifactURI,
      entryPoint: run.entryPoint, sourceName: run.sourceName,
      params: run.params.map { Param($0.key, $0.value) }, tags: run.tags, datasets: run.datasets,
      modelInputs: run.modelInputs, modelOutputs: run.modelOutputs, metrics: run.metrics)
  }
}
