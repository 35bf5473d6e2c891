import Glibc
import Platform
import Records
import SystemPackage

/// Brings the records to rights after a crash: runs whose owner is gone are marked as killed, and what they had started and
/// left behind is ended.
package enum Recovery {
  /// The variable by which the processes of a run are known.
  static let mark = "REPRISE_RUN_ID"

  /// Costs one look at an index when nothing was abandoned.
  ///
  /// - Returns: the runs that were marked.
  @discardableResult
  package static func recover(_ records: RecordsFolder) throws -> [Run] {
    guard FileSystem.exists(records.path.appending("records.db")) else { return [] }
    return try recover(RecordStore(in: records.path), records)
  }

  static func recover(_ store: RecordStore, _ records: RecordsFolder) throws -> [Run] {
    let abandoned = try store.recoverAbandoned()
    for run in abandoned {
      endProcesses(of: run)
      try? FileSystem.remove(records.ballast(of: run.id))
      takeMetrics(of: run, store, records)
    }
    return abandoned
  }

  /// Ends what the run had started. A child whose number was not written down in time is found by its variable.
  private static func endProcesses(of run: Run) {
    let sessions = run.child.map { [$0.pid] } ?? sessions(carrying: run.id.hex)
    for session in sessions
    where ProcessSession.kill(session, carrying: mark, run.id.hex) > 0 {
      waitUntilGone(session, run)
    }
  }

  /// A kill is a request: on a busy machine it takes a moment, in which a member may start another.
  private static func waitUntilGone(_ session: Int32, _ run: Run) {
    for _ in 0..<500 {
      if ProcessSession.members(of: session).isEmpty { return }
      usleep(1000)
      ProcessSession.kill(session, carrying: mark, run.id.hex)
    }
  }

  private static func sessions(carrying id: String) -> Set<Int32> {
    let sessions = ProcessTable.carrying(mark, id).map { getsid($0) }
    return Set(sessions.filter { $0 > 1 && $0 != getsid(0) })
  }

  /// What the child had logged and nobody read any more belongs to the record too.
  private static func takeMetrics(of run: Run, _ store: RecordStore, _ records: RecordsFolder) {
    let path = records.metricsFile(of: run.id)
    guard var file = try? MetricsFile(readingAgain: path) else { return }
    do {
      _ = try file.record(in: store, of: run.id, isLast: true)
    } catch {
      _ = file.keep(in: FilePath(run.artifactURI).appending("logs"))
    }
    try? FileSystem.remove(path)
  }
}
