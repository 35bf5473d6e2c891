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
      var tallies: [ExperimentID: RunTally] = [:]
      let all = try db.cachedStatement(
        sql: """
          SELECT experiment, count(*), max(started) FROM runs INDEXED BY runs_of_experiment
          WHERE deleted IS NULL GROUP BY experiment
          """)
      for row in try Row.fetchAll(all) {
        var tally = RunTally()
        (tally.runs, tally.latest) = (row[1], row[2])
        tallies[ExperimentID(number: row[0])] = tally
      }
      let standing = try db.cachedStatement(
        sql: """
          SELECT experiment, sum(status IN ('RUNNING', 'SCHEDULED')),
            sum(status IN ('FAILED', 'KILLED'))
          FROM runs INDEXED BY runs_standing
          WHERE deleted IS NULL AND status <> 'FINISHED' GROUP BY experiment
          """)
      for row in try Row.fetchAll(standing) {
        let id = ExperimentID(number: row[0])
        tallies[id]?.running = row[1]
        tallies[id]?.failed = row[2]
      }
      return tallies
    }
  }

  /// How many runs an experiment has that are not deleted.
  package func runCount(of experiment: ExperimentID) throws -> Int {
    try reading { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT count(*) FROM runs INDEXED BY runs_of_experiment
          WHERE experiment = ? AND deleted IS NULL
          """)
      return try Int.fetchOne(statement, arguments: [experiment.number]) ?? 0
    }
  }
}
