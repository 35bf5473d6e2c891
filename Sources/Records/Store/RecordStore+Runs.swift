import Formats
import GRDB
import Platform

extension RecordStore {
  /// Records that a run has started.
  ///
  /// Gives it an id and, when none is given, a random name; the tag `mlflow.runName` always holds the name.
  /// - Throws: ``Failure`` when the experiment is missing or deleted, or a name or value is not allowed; nothing is
  ///   recorded then.
  package func start(_ new: NewRun) throws -> Run {
    let (params, name, tags) = try telling { try checked(new) }
    let id = new.id ?? .random()
    return try recording { db, keys in
      let experiment = try activeExperiment(db, new.experiment)
      try checkUnused(db, id)
      let uri = RecordStore.artifactURI(of: id, in: experiment)
      try db.cachedStatement(
        sql: """
          INSERT INTO runs (id, experiment, name, user, host, status, started, artifact_uri,
            owner_pid, owner_ticks, owner_boot)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """
      ).execute(arguments: [
        id.hex, experiment.id.number, name, new.user, new.host, new.status.rawValue,
        new.startTime, experiment.hasDefaultArtifactLocation ? nil : uri, new.owner?.pid,
        new.owner.map { Int64(bitPattern: $0.startTicks) }, new.owner?.bootID,
      ])
      let number = db.lastInsertedRowID
      try db.cachedStatement(
        sql: "INSERT INTO run_details (run, command, entry_point, source_name) VALUES (?, ?, ?, ?)"
      ).execute(arguments: [number, new.command, new.entryPoint, new.sourceName])
      for param in params { try insert(db, param, of: number, keys) }
      for tag in tags { try set(db, tag, of: number, keys) }
      return Run(
        id: id, experiment: experiment.id, name: name, user: new.user, host: new.host,
        status: new.status, startTime: new.startTime, artifactURI: uri, command: new.command,
        entryPoint: new.entryPoint, sourceName: new.sourceName, params: params, metrics: [],
        tags: tags, inputs: [], outputs: [], owner: new.owner)
    }
  }

  /// Records the leader of the process group that does the run's work, so that the group can be ended when the
  /// owner dies.
  package func setChild(of run: RunID, pid: Int32, startTicks: UInt64) throws {
    try writing { db in
      try db.cachedStatement(sql: "UPDATE runs SET child_pid = ?, child_ticks = ? WHERE id = ?")
        .execute(arguments: [pid, Int64(bitPattern: startTicks), run.hex])
      if db.changesCount == 0 { throw RecordFailure.noRun(run.hex) }
    }
  }

  /// Records how a run ended. What is nil stays as it is. On the disk when the call returns.
  package func finish(_ run: RunID, _ ending: RunEnding) throws {
    try writing(durably: true) { db in
      let number = try runNumber(db, run)
      try db.cachedStatement(sql: "UPDATE runs SET status = ?, ended = ? WHERE number = ?")
        .execute(arguments: [ending.status.rawValue, ending.endTime, number])
      try db.cachedStatement(
        sql: """
          UPDATE run_details SET exit_code = coalesce(?, exit_code), signal = coalesce(?, signal),
            cpu_seconds = coalesce(?, cpu_seconds), peak_memory = coalesce(?, peak_memory)
          WHERE run = ?
          """
      ).execute(arguments: [
        ending.exitCode, ending.signal, ending.cpuSeconds, ending.peakMemory, number,
      ])
    }
  }

  /// Changes what is given and leaves the rest, as MLflow's `runs/update`; a new name goes to the tag
  /// `mlflow.runName` too.
  /// - Returns: the run as it is then.
  @discardableResult
  package func update(
    _ run: RunID, status: RunStatus? = nil, endTime: Int64? = nil, name: String? = nil
  ) throws -> Run {
    try recording(durably: status.map { $0 != .running } ?? false) { db, keys in
      let number = try activeRunNumber(db, run)
      try db.cachedStatement(
        sql: """
          UPDATE runs SET status = coalesce(?, status), ended = coalesce(?, ended) WHERE number = ?
          """
      ).execute(arguments: [status?.rawValue, endTime, number])
      if let name, !name.isEmpty {
        try set(db, LogRules.checked(Tag(Tag.runName, name)), of: number, keys)
      }
      guard let run = try RunReader(store: self, db: db).runs([number]).first else {
        throw RecordFailure.noRun(run.hex)
      }
      return run
    }
  }

  /// Marks runs as deleted; one that is deleted already stays so.
  package func delete(_ runs: [RunID]) throws { try setDeleted(runs, Clock.milliseconds()) }

  /// Brings deleted runs back; an active one stays so.
  package func restore(_ runs: [RunID]) throws { try setDeleted(runs, nil) }

  private func setDeleted(_ runs: [RunID], _ time: Int64?) throws {
    try writing(durably: true) { db in
      for run in runs {
        let number = try runNumber(db, run)
        try db.cachedStatement(
          sql: "UPDATE runs SET deleted = ? WHERE number = ? AND (deleted IS NULL) = ?"
        ).execute(arguments: [time, number, time != nil])
      }
    }
  }

  /// The parameters, the name and the tags of a new run, as they are kept, in the order of their keys.
  private func checked(_ new: NewRun) throws -> ([Param], String, [Tag]) {
    let params = try new.params.map { try LogRules.checked($0) }.inOrder(\.key, "parameter")
    let (name, tags) = try nameAndTags(new)
    return (params, name, tags)
  }

  private func nameAndTags(_ new: NewRun) throws -> (String, [Tag]) {
    var tags = try new.tags.map { try LogRules.given($0) }.inOrder(\.key, "tag")
    let tagged = tags.first { $0.key == Tag.runName }?.value
    let given = new.name.flatMap { $0.isEmpty ? nil : $0 }
    if let given, let tagged, !tagged.isEmpty, given != tagged {
      throw RecordFailure.runNamedTwice(given, tag: tagged)
    }
    var generator = SystemRandomNumberGenerator()
    let name =
      given ?? tagged.flatMap { $0.isEmpty ? nil : $0 } ?? RunName.random(using: &generator)
    try LogRules.checkText(name, "run name", name)
    if tagged == nil { tags.append(try LogRules.checked(Tag(Tag.runName, name))) }
    return (name, tags.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
  }

  private func checkUnused(_ db: Database, _ id: RunID) throws {
    let statement = try db.cachedStatement(sql: "SELECT 1 FROM runs WHERE id = ?")
    if try Int.fetchOne(statement, arguments: [id.hex]) != nil {
      throw RecordFailure.runExists(id)
    }
  }

  /// Where the artifacts of a run of an experiment are kept.
  static func artifactURI(of id: RunID, in experiment: Experiment) -> String {
    let location = experiment.artifactLocation
    return location + (location.hasSuffix("/") ? "" : "/") + "\(id)/artifacts"
  }
}

extension Array {
  /// The elements in the order of their keys; a key that stands twice is a failure.
  fileprivate func inOrder(_ key: (Element) -> String, _ what: String) throws -> [Element] {
    let sorted = sorted { key($0).utf8.lexicographicallyPrecedes(key($1).utf8) }
    for (first, second) in zip(sorted, sorted.dropFirst()) where key(first) == key(second) {
      throw RecordFailure.givenTwice(key(first), what)
    }
    return sorted
  }
}
