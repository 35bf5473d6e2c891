import Formats
import GRDB
import Platform
import SystemPackage

/// Loads runs by their numbers, with what belongs to them, in a few statements for all of them.
struct RunReader {
  let store: RecordStore
  let db: Database

  /// The runs of some numbers, in the order given; numbers without a run are left out.
  func runs(
    _ numbers: [Int64], withEnvironment: Bool = false, withInputs: Bool = false
  ) throws -> [Run] {
    guard !numbers.isEmpty else { return [] }
    let list = "[" + numbers.map(String.init).joined(separator: ",") + "]"
    var runs = try infos(list, withEnvironment)
    var values = KeyedValues(db: db, list: list)
    try values.forEach("latest_metrics", "t.value, t.timestamp, t.step") { key, row in
      Metric(key, row[2] as Double? ?? .nan, timestamp: row[3], step: row[4])
    } body: {
      runs[$0]?.metrics = $1
    }
    try values.forEach("params", "t.value, t.kind, t.given") { key, row in
      Param(key, row[2], kind: row[3], given: row[4])
    } body: {
      runs[$0]?.params = $1
    }
    try values.forEach("tags", "t.value") { key, row in
      Tag(key, row[2])
    } body: {
      runs[$0]?.tags = $1
    }
    try files(list) { run, file in
      if file.role == .input {
        runs[run]?.inputs.append(file)
      } else {
        runs[run]?.outputs.append(file)
      }
    }
    if withInputs { try addInputs(list, to: &runs) }
    return numbers.compactMap { runs[$0] }
  }

  private func infos(_ list: String, _ withEnvironment: Bool) throws -> [Int64: Run] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT r.number, r.id, r.experiment, r.name, r.user, r.host, r.status, r.started, r.ended,
          r.deleted, r.artifact_uri, e.artifact_location, d.command, d.entry_point, d.source_name,
          d.exit_code, d.signal, d.cpu_seconds, d.peak_memory, r.owner_pid, r.owner_ticks,
          r.owner_boot, r.child_pid, r.child_ticks, \(withEnvironment ? "d.environment" : "NULL")
        FROM json_each(?) AS wanted CROSS JOIN runs AS r ON r.number = wanted.value
        LEFT JOIN experiments AS e ON e.id = r.experiment
        LEFT JOIN run_details AS d ON d.run = r.number
        """)
    var runs: [Int64: Run] = [:]
    let rows = try Row.fetchCursor(statement, arguments: [list])
    while let row = try rows.next() { runs[row[0]] = try run(row) }
    return runs
  }

  private func run(_ row: Row) throws -> Run {
    guard let id = RunID(row[1] as String), let status = RunStatus(rawValue: row[6]) else {
      throw Failure(
        .corrupt,
        "run number \(row[0] as Int64) of `\(RecordStore.file(in: store.folder))` is damaged")
    }
    let experiment = ExperimentID(number: row[2])
    let boot: String? = row[21]
    return Run(
      id: id, experiment: experiment, name: row[3], user: row[4], host: row[5], status: status,
      startTime: row[7], endTime: row[8], deletedTime: row[9],
      artifactURI: row[10] ?? store.artifactURI(of: id, in: experiment), command: row[12],
      entryPoint: row[13], sourceName: row[14], exitCode: row[15], signal: row[16],
      cpuSeconds: row[17], peakMemory: row[18], params: [], metrics: [], tags: [], inputs: [],
      outputs: [],
      environment: (row[24] as String?).flatMap { try? JSONValue(parsing: $0) },
      owner: owner(row[19], row[20], boot), child: owner(row[22], row[23], boot))
  }

  private func owner(_ pid: Int32?, _ ticks: Int64?, _ boot: String?) -> Owner? {
    guard let pid, let ticks, let boot else { return nil }
    return Owner(pid: pid, startTicks: UInt64(bitPattern: ticks), bootID: boot)
  }

  private func files(_ list: String, _ body: (Int64, RecordedFile) -> Void) throws {
    let statement = try db.cachedStatement(
      sql: """
        SELECT f.run, f.role, f.path, f.kind, f.digest, f.size, f.file_count
        FROM json_each(?) AS wanted CROSS JOIN files AS f ON f.run = wanted.value ORDER BY f.rowid
        """)
    let rows = try Row.fetchCursor(statement, arguments: [list])
    while let row = try rows.next() {
      guard let role = RecordedFile.Role(rawValue: row[1]),
        let kind = RecordedFile.Kind(rawValue: row[3])
      else { continue }
      body(
        row[0],
        RecordedFile(
          role: role, path: row[2], kind: kind, digest: row[4], size: row[5], fileCount: row[6]))
    }
  }
}

extension RecordStore {
  /// Where artifacts of a run are kept when its experiment names no other place.
  func artifactURI(of id: RunID, in experiment: ExperimentID) -> String {
    folder.appending("artifacts/\(experiment)/\(id)/artifacts").string
  }

  /// A run with all that is recorded of it, deleted or not.
  package func run(_ id: RunID) throws -> Run {
    var run = try reading { db in
      let number = try runNumber(db, id)
      let found = try RunReader(store: self, db: db).runs(
        [number], withEnvironment: true, withInputs: true)
      guard let run = found.first
      else { throw RecordFailure.noRun(id.hex) }
      return run
    }
    run.data = RecordedFile.Role.allCases.flatMap { role in
      run.datasets.compactMap { RecordedVersion($0, as: role) }
    }
    return run
  }
}
