import GRDB

extension RecordStore {
  /// Compares a run from elsewhere with the one of its id.
  ///
  /// What this side has and the other has not is no conflict, nor is a run that was still going on when it was taken
  /// over: its status, end and tags may change.
  package func meeting(_ copy: RunCopy, in experiment: ExperimentID?) throws -> RunMeeting {
    try reading { db in
      let statement = try db.cachedStatement(sql: "SELECT number FROM runs WHERE id = ?")
      guard let number = try Int64.fetchOne(statement, arguments: [copy.id.hex]),
        let run = try RunReader(store: self, db: db).runs([number]).first
      else { return .absent }
      if let text = RecordStore.contradiction(run, copy, experiment) { return .conflict(text) }
      let isComplete =
        run.status == copy.status && run.endTime == copy.endTime
        && Set(copy.params.map(\.key)).isSubset(of: run.params.map(\.key))
        && Set(copy.tags).isSubset(of: run.tags)
        && Set(copy.datasets.map { [$0.name, $0.digest] })
          .isSubset(of: try datasets(of: copy.id).map { [$0.name, $0.digest] })
      let points = try Int.fetchOne(
        db.cachedStatement(sql: "SELECT count(*) FROM metrics WHERE run = ?"), arguments: [number])
      return .agrees(isComplete: isComplete, points: points ?? 0)
    }
  }

  /// What a run here says that one from elsewhere does not; nil when they agree.
  private static func contradiction(
    _ run: Run, _ copy: RunCopy, _ experiment: ExperimentID?
  ) -> String? {
    if let experiment, run.experiment != experiment {
      return "it is in experiment \(run.experiment) here, and would be in \(experiment)"
    }
    if run.startTime != copy.startTime {
      return "it was started at \(run.startTime) here, and at \(copy.startTime) there"
    }
    for param in copy.params {
      if let here = run.param(param.key), here.value != param.value {
        return "param `\(param.key)` is \(shown(here.value)) here and \(shown(param.value)) there"
      }
    }
    guard !run.status.isOpen else { return nil }
    if run.status != copy.status || run.endTime != copy.endTime {
      return "it ended otherwise: \(run.status.rawValue) here, \(copy.status.rawValue) there"
    }
    for tag in copy.tags {
      if let here = run.tag(tag.key), here != tag.value {
        return "tag `\(tag.key)` is \(shown(here)) here and \(shown(tag.value)) there"
      }
    }
    return run.name == copy.name
      ? nil : "its name is \(shown(run.name)) here and \(shown(copy.name)) there"
  }

  private static func shown(_ text: String) -> String {
    "`\(text.count > 40 ? text.prefix(40) + "…" : text)`"
  }
}

extension RunStatus {
  /// Whether a run of this status may still change by itself.
  package var isOpen: Bool { self == .running || self == .scheduled }
}
