import Glibc
import Platform
import Records
import SystemPackage

/// Brings the records to rights after a crash: runs whose owner is gone are marked as killed, what they had started and left
/// behind is ended, and their documents say what had come of them until then.
package enum Recovery {
  /// The variable by which the processes of a run are known.
  static let mark = "REPRISE_RUN_ID"
  /// The tag of runs whose recording was cut off: nobody saw how they ended.
  package static let cutOff = "reprise.cut_off"

  /// Costs one look at an index when nothing was abandoned.
  ///
  /// - Parameter renderer: who makes the pages of their documents; nil: nobody.
  /// - Returns: the runs that were marked.
  @discardableResult
  package static func recover(
    _ records: RecordsFolder, _ renderer: (any ReportRenderer)?
  ) throws -> [Run] {
    guard FileSystem.exists(records.path.appending("records.db")) else { return [] }
    return try recover(RecordStore(in: records.path), records, renderer)
  }

  @discardableResult
  package static func recover(
    _ store: RecordStore, _ records: RecordsFolder, _ renderer: (any ReportRenderer)?
  ) throws -> [Run] {
    let abandoned = try store.recoverAbandoned(lastSign: lastSign)
    for run in abandoned {
      endProcesses(of: run)
      try? FileSystem.remove(records.ballast(of: run.id))
      try? FileSystem.removeTree(records.buildFolder(of: run.id))
      takeMetrics(of: run, store, records)
      try? store.set(Tag(cutOff, "true"), of: run.id)
      // The record is right; a document that cannot be written is written by `runs report` one day.
      let displays = records.displayFile(of: run.id)
      if let ended = try? store.run(run.id) {
        _ = DocumentWriter(store, renderer).recover(ended, displays: displays)
      }
      try? FileSystem.remove(displays)
    }
    return abandoned
  }

  /// When the run put something out last, or logged something; nil when it never did.
  private static func lastSign(of run: Run) -> Int64? {
    let artifacts = FilePath(run.artifactURI)
    let files = ["logs/stdout.txt", "logs/stderr.txt", "\(DocumentFolder.name)/events.jsonl"]
    let times = files.compactMap { name in
      (try? FileSystem.status(artifacts.pushing(FilePath(name))))?.map { $0.modified / 1_000_000 }
    }
    return (times + run.metrics.map(\.timestamp)).filter { $0 <= Clock.milliseconds() }.max()
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
