import GRDB

extension RecordStore {
  /// Whether there is a run that ``recoverAbandoned(host:lastSign:)`` would end; reads only.
  package func hasAbandoned() throws -> Bool {
    let numbers = try reading { db in
      try Int64.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT number FROM runs INDEXED BY runs_open
            WHERE owner_pid IS NOT NULL AND status = 'RUNNING' AND host = ?
            """), arguments: [RecordStore.hostName()])
    }
    guard !numbers.isEmpty else { return false }
    let runs = try reading { db in try RunReader(store: self, db: db).runs(numbers) }
    return runs.contains { $0.owner?.isAlive == false }
  }
}
