/// How a child process ended, and what it used.
package struct ChildEnd: Sendable, Hashable {
  package enum Status: Sendable, Hashable {
    case exited(Int32)
    case signalled(Int32)
  }

  /// Who wanted the end.
  package enum Reason: Sendable, Hashable {
    /// The child itself, or somebody outside.
    case itself
    case timeout
    /// The task that ran it was cancelled: Ctrl-C.
    case cancelled
  }

  package var status: Status
  package var reason: Reason
  /// When it was told to end, in milliseconds since 1970; nil when nobody told it.
  package var forcedTime: Int64?
  /// Processor time of the child and of those of its descendants that were waited for, user and system, in seconds.
  package var cpuSeconds: Double
  /// The largest resident size that one process of the group had, in bytes.
  package var peakMemory: Int64

  /// As a shell gives it: the exit status, or 128 and the signal's number.
  package var exitCode: Int32 {
    switch status {
    case .exited(let code): code
    case .signalled(let signal): 128 + signal
    }
  }
}
