/// How a cell ended.
package struct CellEnd: Sendable, Equatable {
  package enum Outcome: Sendable, Equatable {
    case ok
    /// It raised; or the kernel did not run it, with an empty name.
    case failed(name: String, value: String, traceback: [String])
    /// It ran longer than it may, and was stopped. Whether the kernel still lives.
    case timedOut(isAlive: Bool)
    /// The task was cancelled.
    case cancelled
    /// The kernel's process ended.
    case died(KernelEnd)
  }

  package var outcome: Outcome
  package var count: Int?
  package var times: CellTimes
}
