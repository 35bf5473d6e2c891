import GRDB

/// How many runs an experiment has, and how they stand. Deleted runs do not count.
package struct RunTally: Sendable, Hashable {
  package var runs = 0
  /// Those that run, or wait to.
  package var running = 0
  /// Those that failed or were killed.
  package var failed = 0
  /// When the newest began, in milliseconds since 1970.
  package var latest: Int64?

  package init() {}
}

extension RecordStore {
  /// The tallies of all experiments that have runs.
  package func tallies() throws -> [ExperimentID: RunTally] {
    try reading { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT experiment, count(*), sum(status IN ('RUNNING', 'SCHEDULED')),
            sum(status IN ('FAILED', 'KILLED')), max(started)
          FROM runs WHERE deleted IS NULL GROUP BY experiment
          """)
      var tallies: [ExperimentID: RunTally] = [:]
      let rows = try Row.fetchCursor(statement)
      while let row = try rows.next() {
        var tally = RunTally()
        (tally.runs, tally.running, tally.failed) = (row[1], row[2], row[3])
        tally.latest = row[4]
        tallies[ExperimentID(number: row[0])] = tally
      }
      return tallies
    }
  }
}

extension RecordStore {
  /// How many runs an experiment has that are not deleted.
  package func runCount(of experiment: ExperimentID) throws -> Int {
    try reading { db in
      let statement = try db.cachedStatement(
        sql: "SELECT count(*) FROM runs WHERE experiment = ? AND deleted IS NULL")
      return try Int.fetchOne(statement, arguments: [experiment.number]) ?? 0
    }
  }
}
