import GRDB
import Platform

extension RecordStore {
  /// Ends the runs whose owner is gone: those of this host that are RUNNING while the process that records them is
  /// dead, or belongs to an earlier boot. They become KILLED.
  ///
  /// When nothing runs this is one look into an index that is empty. A run ends at the last sign of life: what
  /// `lastSign` says (the time of its log file, for example), else its latest metric, else its start.
  /// - Returns: the runs, with ``Run/child``, so that the caller can end a process group that was left behind.
  package func recoverAbandoned(
    host: String? = nil, lastSign: (Run) -> Int64? = { _ in nil }
  ) throws -> [Run] {
    let host = host ?? Machine.name()
    guard try hasAbandoned(host: host) else { return [] }
    return try writing(durably: true) { db in
      let numbers = try openRuns(db, host)
      var abandoned: [Run] = []
      for number in numbers {
        guard var run = try RunReader(store: self, db: db).runs([number]).first,
          let owner = run.owner, !owner.isAlive
        else { continue }
        let now = Clock.milliseconds()
        let sign = lastSign(run) ?? run.metrics.map(\.timestamp).filter { $0 <= now }.max()
        run.endTime = max(run.startTime, min(sign ?? run.startTime, now))
        run.status = .killed
        try db.execute(
          sql: "UPDATE runs SET status = ?, ended = ? WHERE number = ?",
          arguments: [run.status.rawValue, run.endTime, number])
        abandoned.append(run)
      }
      return abandoned
    }
  }

  /// Whether there is a run that ``recoverAbandoned(host:lastSign:)`` would end; reads only.
  package func hasAbandoned(host: String? = nil) throws -> Bool {
    try reading { db in
      let numbers = try openRuns(db, host ?? Machine.name())
      return try RunReader(store: self, db: db).runs(numbers).contains {
        $0.owner?.isAlive == false
      }
    }
  }

  /// The numbers of the runs of a host that are RUNNING and have an owner.
  private func openRuns(_ db: Database, _ host: String) throws -> [Int64] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT number FROM runs INDEXED BY runs_open
        WHERE owner_pid IS NOT NULL AND status = 'RUNNING' AND host = ? ORDER BY number
        """)
    return try Int64.fetchAll(statement, arguments: [host])
  }
}
