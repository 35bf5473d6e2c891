import Formats
import GRDB
import Platform

extension RecordStore {
  /// Puts a run that was recorded elsewhere into the records with all that was recorded of it, under its own id: command,
  /// environment, inputs and outputs too, which other programs do not know of. All in one transaction.
  ///
  /// - Parameters:
  ///   - run: its experiment and the place of its artifacts mean nothing here; those are beside the database.
  ///   - experiment: is made when there is none of its name.
  ///   - points: puts all points of its metrics, some at a time.
  ///   - place: brings the artifacts to where they belong, as the last thing before the run is there.
  /// - Throws: ``Failure`` with `.conflict` when a run of its id is here, `.invalid` when it says what no run may say.
  package func takeOver(
    whole run: Run, in experiment: ExperimentCopy,
    points: (_ put: ([Metric]) throws -> Void) throws -> Void, place: (ExperimentID) throws -> Void
  ) throws {
    var copy = RunCopy(run)
    if let first = copy.removeRefused().first { throw Failure(.invalid, first) }
    try recording(durably: true) { db, keys in
      let id = try takeOver(experiment)
      let known = try db.cachedStatement(sql: "SELECT 1 FROM runs WHERE id = ?")
      guard try Int.fetchOne(known, arguments: [run.id.hex]) == nil else {
        throw Failure(.conflict, "a run \(run.id) is in the records already")
      }
      let number = try insert(db, run, in: id)
      for param in run.params { try insert(db, param, of: number, keys) }
      // Not through `set`: a name that differs from its tag stays as it is.
      for tag in run.tags {
        try db.cachedStatement(sql: "INSERT INTO tags (run, key, value) VALUES (?, ?, ?)")
          .execute(arguments: [number, keys.id(of: tag.key), tag.value])
      }
      for file in run.inputs + run.outputs { try insert(db, file, of: number) }
      for dataset in run.datasets { try add(db, dataset, to: number) }
      for model in run.modelInputs { try set(db, "input", model, step: nil, of: number) }
      for use in run.modelOutputs { try set(db, "output", use.model, step: use.step, of: number) }
      try points { batch in
        for metric in batch { try LogRules.check(metric, at: "metrics") }
        try insert(db, batch, of: number, keys)
      }
      try place(id)
    }
  }

  /// The number of the new row.
  private func insert(
    _ db: Database, _ run: Run, in experiment: ExperimentID
  ) throws -> Int64 {
    try db.cachedStatement(
      sql: """
        INSERT INTO runs (id, experiment, name, user, host, status, started, ended)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      run.id.hex, experiment.number, run.name, run.user, run.host, run.status.rawValue,
      run.startTime, run.endTime,
    ])
    let number = db.lastInsertedRowID
    try db.cachedStatement(
      sql: """
        INSERT INTO run_details (run, command, entry_point, source_name, exit_code, signal,
          cpu_seconds, peak_memory, environment)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      number, run.command, run.entryPoint, run.sourceName, run.exitCode, run.signal,
      run.cpuSeconds, run.peakMemory, run.environment?.text(),
    ])
    return number
  }

  private func insert(_ db: Database, _ file: RecordedFile, of number: Int64) throws {
    try LogRules.checkText(file.path, file.role.rawValue, file.path)
    try db.cachedStatement(
      sql: """
        INSERT INTO files (run, role, path, kind, digest, size, file_count)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      number, file.role.rawValue, file.path, file.kind.rawValue, file.digest, file.size,
      file.fileCount,
    ])
  }
}
