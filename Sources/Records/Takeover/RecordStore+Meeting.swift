import GRDB

extension RecordStore {
  /// Compares a run from elsewhere with the one of its id; see ``RunCopy/contradiction(to:)``.
  ///
  /// - Parameter experiment: the one that it would be in; nil when that is not made yet.
  package func meeting(_ copy: RunCopy, in experiment: ExperimentID?) throws -> RunMeeting {
    try reading { db in
      let statement = try db.cachedStatement(sql: "SELECT number FROM runs WHERE id = ?")
      guard let number = try Int64.fetchOne(statement, arguments: [copy.id.hex]),
        let run = try RunReader(store: self, db: db).runs([number], withInputs: true).first
      else { return .absent }
      if let experiment, run.experiment != experiment {
        return .conflict("it is in experiment \(run.experiment), and would be in \(experiment)")
      }
      let here = RunCopy(run)
      if let text = here.contradiction(to: copy) { return .conflict(text) }
      let points = try Int.fetchOne(
        db.cachedStatement(sql: "SELECT count(*) FROM metrics WHERE run = ?"), arguments: [number])
      return .agrees(isComplete: here.covers(copy), points: points ?? 0)
    }
  }
}

extension RunStatus {
  /// Whether a run of this status may still change by itself.
  package var isOpen: Bool { self == .running || self == .scheduled }
}
