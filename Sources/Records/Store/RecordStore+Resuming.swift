import GRDB
import Platform

extension RecordStore {
  /// Takes a run up again: it becomes RUNNING, recorded by this process, and has no end any more.
  ///
  /// - Throws: ``Failure`` when there is no such run, it is deleted, or somebody records it now.
  package func resume(_ id: RunID, owner: Owner) throws -> Run {
    let found = try run(id)
    guard found.lifecycle == .active else {
      throw Failure(
        .conflict, "run `\(id)` is deleted", hint: "restore it first: reprise runs restore \(id)")
    }
    if found.status == .running, let other = found.owner, other != owner, other.isAlive {
      throw Failure(
        .conflict, "run `\(id)` is being recorded by process \(other.pid)",
        hint: "wait until it ends")
    }
    try writing(durably: true) { db in
      try db.execute(
        sql: """
          UPDATE runs SET status = 'RUNNING', ended = NULL, owner_pid = ?, owner_ticks = ?,
          owner_boot = ? WHERE id = ?
          """,
        arguments: [
          owner.pid, Int64(bitPattern: owner.startTicks), owner.bootID, id.hex,
        ])
    }
    return try run(id)
  }

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
