import GRDB
import Platform

extension RecordStore {
  /// Takes up a run that is there, to record more of it: it is RUNNING again, and belongs to `owner`.
  ///
  /// - Throws: ``Failure`` with code `.conflict` while another process that lives records it, `.invalid` when it is
  ///   deleted, `.notFound` when there is none.
  package func resume(_ id: RunID, owner: Owner) throws -> Run {
    try writing(durably: true) { db in
      let number = try activeRunNumber(db, id)
      let old = try RunReader(store: self, db: db).runs([number]).first
      if let other = old?.owner, old?.status == .running, other != owner, other.isAlive {
        throw Failure(
          .conflict, "run `\(id)` is being recorded by process \(other.pid)",
          hint: "wait until it ends, or start a run of its own")
      }
      try db.execute(
        sql: """
          UPDATE runs SET status = 'RUNNING', ended = NULL, owner_pid = ?, owner_ticks = ?,
            owner_boot = ?, child_pid = NULL, child_ticks = NULL, host = ?
          WHERE number = ?
          """,
        arguments: [
          owner.pid, Int64(bitPattern: owner.startTicks), owner.bootID, Machine.name(),
          number,
        ])
      try db.execute(
        sql: "UPDATE run_details SET exit_code = NULL, signal = NULL WHERE run = ?",
        arguments: [number])
      guard let run = try RunReader(store: self, db: db).runs([number], withEnvironment: true).first
      else { throw RecordFailure.noRun(id.hex) }
      return run
    }
  }
}
