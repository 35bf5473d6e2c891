import GRDB
import Platform

extension RecordStore {
  /// Records how the work of a run ended, on top of what its own client said; see ``RunEnding/heeding(_:at:until:)``. On
  /// the disk when the call returns.
  package func close(_ run: RunID, _ ending: RunEnding, heedingWordsUntil limit: Int64? = nil)
    throws
  {
    try writing(durably: true) { db in
      var ending = ending
      let statement = try db.cachedStatement(sql: "SELECT status, ended FROM runs WHERE id = ?")
      if let row = try Row.fetchOne(statement, arguments: [run.hex]),
        let said = RunStatus(rawValue: row[0])
      {
        ending = ending.heeding(said, at: row[1], until: limit)
      }
      try finish(run, ending)
    }
  }

  /// Ends those of some runs that nobody ended, because who would have is gone.
  package func endLeft(_ runs: [RunID], _ status: RunStatus, at time: Int64) throws {
    guard !runs.isEmpty else { return }
    try writing(durably: true) { db in
      let statement = try db.cachedStatement(
        sql: """
          UPDATE runs SET status = ?, ended = ?
          WHERE id = ? AND status IN ('RUNNING', 'SCHEDULED')
          """)
      for run in runs { try statement.execute(arguments: [status.rawValue, time, run.hex]) }
    }
  }
}

extension RecordStore {
  package func has(_ run: RunID) throws -> Bool {
    try reading { db in
      let statement = try db.cachedStatement(sql: "SELECT 1 FROM runs WHERE id = ?")
      return try Int.fetchOne(statement, arguments: [run.hex]) != nil
    }
  }

  /// How many points all metrics of a run have together.
  package func metricCount(of run: RunID) throws -> Int {
    try reading { db in
      let statement = try db.cachedStatement(sql: "SELECT count(*) FROM metrics WHERE run = ?")
      return try Int.fetchOne(statement, arguments: [runNumber(db, run)]) ?? 0
    }
  }
}
