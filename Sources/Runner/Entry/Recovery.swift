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
      if let child = run.child { ProcessSession.kill(child.pid, carrying: mark, run.id.hex) }
      try? FileSystem.remove(records.ballast(of: run.id))
      takeMetrics(of: run.id, store, records)
    }
    return abandoned
  }

  /// What the child had logged and nobody read any more belongs to the record too.
  private static func takeMetrics(of run: RunID, _ store: RecordStore, _ records: RecordsFolder) {
    let path = records.metricsFile(of: run)
    guard var file = try? MetricsFile(readingAgain: path) else { return }
    if let metrics = try? file.read(now: Clock.milliseconds(), isLast: true), !metrics.isEmpty {
      try? store.log(metrics: metrics, params: [], tags: [], to: run)
    }
    try? FileSystem.remove(path)
  }
}
