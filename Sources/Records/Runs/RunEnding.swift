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
}
