import Platform
import Records
import SystemPackage

extension MetricsFile {
  /// Puts what the child has completed into the record, a page at a time, each page one transaction.
  ///
  /// A page that cannot be stored is read again by the next call.
  ///
  /// - Parameters:
  ///   - isLast: whether the child has ended, so that a last line needs no line end.
  ///   - deadline: no page is begun after this time.
  ///   - take: gets what was stored.
  /// - Returns: whether the deadline came before all was read.
  mutating func record(
    in store: RecordStore, of run: RunID, isLast: Bool,
    until deadline: ContinuousClock.Instant? = nil, also take: (([Metric]) -> Void)? = nil
  ) throws -> Bool {
    while true {
      var next = self
      guard let metrics = try next.nextPage(now: Clock.milliseconds(), isLast: isLast) else {
        return false
      }
      if !metrics.isEmpty {
        try store.log(metrics: metrics, to: run)
        take?(metrics)
      }
      self = next
      if let deadline, ContinuousClock.now >= deadline { return true }
    }
  }

  /// Moves the file to the logs of its run, because the record did not take all that it holds.
  ///
  /// - Returns: where it is now; nil when it could not be moved.
  func keep(in logs: FilePath) -> FilePath? {
    let target = logs.appending("metrics.jsonl")
    let isKept =
      (try? FileSystem.createDirectory(logs)) != nil
      && (try? FileSystem.rename(path, to: target)) != nil
    return isKept ? target : nil
  }
}
