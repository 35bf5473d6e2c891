import GRDB
import Platform

extension RecordStore {
  /// Removes deleted runs for good. Their artifacts are the caller's to remove, after this returns.
  ///
  /// - Parameters:
  ///   - runs: which; all deleted ones when nil. One that is not deleted is a failure with code `.invalid`.
  ///   - time: only those deleted before it, in milliseconds since 1970.
  /// - Returns: what was removed.
  package func purge(_ runs: [RunID]? = nil, deletedBefore time: Int64? = nil) throws -> [Run] {
    try writing(durably: true) { db in
      let numbers = try purgeable(db, runs, time)
      let removed = try RunReader(store: self, db: db).runs(numbers)
      for number in numbers { try remove(db, number) }
      return removed
    }
  }

  /// What ``purge(_:deletedBefore:)`` would remove.
  package func purgeable(_ runs: [RunID]? = nil, deletedBefore time: Int64? = nil) throws -> [Run] {
    try reading { db in
      try RunReader(store: self, db: db).runs(purgeable(db, runs, time))
    }
  }

  private func purgeable(_ db: Database, _ runs: [RunID]?, _ time: Int64?) throws -> [Int64] {
    let numbers = try runs.map { try deletedNumbers(db, $0) } ?? allDeleted(db)
    guard let time else { return numbers }
    return try numbers.filter { number in
      let deleted = try Int64.fetchOne(
        db.cachedStatement(sql: "SELECT deleted FROM runs WHERE number = ?"), arguments: [number])
      return (deleted ?? .max) < time
    }
  }

  private func allDeleted(_ db: Database) throws -> [Int64] {
    try Int64.fetchAll(db, sql: "SELECT number FROM runs WHERE deleted IS NOT NULL ORDER BY number")
  }

  private func deletedNumbers(_ db: Database, _ runs: [RunID]) throws -> [Int64] {
    try runs.map { run in
      let number = try runNumber(db, run)
      let deleted = try Int64.fetchOne(
        db.cachedStatement(sql: "SELECT deleted FROM runs WHERE number = ?"), arguments: [number])
      guard deleted != nil else {
        throw Failure(
          .invalid, "run `\(run)` is not deleted",
          hint: "delete it first: reprise runs delete \(run)")
      }
      return number
    }
  }

  private func remove(_ db: Database, _ number: Int64) throws {
    for table in [
      "metrics", "latest_metrics", "params", "tags", "files", "run_details", "dataset_inputs",
      "dataset_input_tags", "run_models",
    ] {
      try db.cachedStatement(sql: "DELETE FROM \(table) WHERE run = ?").execute(arguments: [number])
    }
    try db.cachedStatement(sql: "DELETE FROM runs WHERE number = ?").execute(arguments: [number])
  }
}
