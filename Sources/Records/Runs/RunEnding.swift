/// How a run ended.
package struct RunEnding: Sendable, Hashable {
  package var status: RunStatus
  /// Milliseconds since 1970.
  package var endTime: Int64
  package var exitCode: Int?
  package var signal: Int?
  package var cpuSeconds: Double?
  /// Bytes.
  package var peakMemory: Int64?

  package init(
    status: RunStatus, endTime: Int64, exitCode: Int? = nil, signal: Int? = nil,
    cpuSeconds: Double? = nil, peakMemory: Int64? = nil
  ) {
    self.status = status
    self.endTime = endTime
    self.exitCode = exitCode
    self.signal = signal
    self.cpuSeconds = cpuSeconds
    self.peakMemory = peakMemory
  }

  /// This end, on top of what the run's own client said of it: FAILED, KILLED, and that all is well stand with their time,
  /// but a process that failed after it said so has failed. (MLflow 3.17 means to let every word stand, and lets none.)
  ///
  /// - Parameter limit: what the client said later than this does not count, in milliseconds since 1970: it was told to
  ///   end then.
  package func heeding(_ said: RunStatus, at time: Int64?, until limit: Int64?) -> RunEnding {
    guard said != .running, said != .scheduled, let time, time < limit ?? .max,
      said != .finished || status == .finished
    else { return self }
    var ending = self
    (ending.status, ending.endTime) = (said, time)
    return ending
  }
}
