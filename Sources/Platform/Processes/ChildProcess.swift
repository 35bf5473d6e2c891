import SystemPackage

/// Runs programs, each in a session of its own, so that all it started can be ended with it.
///
/// One thread a child starts it, carries its output and waits for it. The child dies when that thread does, which
/// covers a kill -9 of the whole program; see `docs/decisions/0002-child-processes.md` for why this is ours.
package enum ChildProcess {
  /// When a child has to go: how long it gets after INT, and again after TERM, before KILL.
  package struct Patience: Sendable {
    package var afterInterrupt: Duration
    package var afterTerminate: Duration

    package init(
      afterInterrupt: Duration = .seconds(5), afterTerminate: Duration = .seconds(3)
    ) {
      self.afterInterrupt = afterInterrupt
      self.afterTerminate = afterTerminate
    }
  }

  /// Runs a program to its end.
  ///
  /// Cancelling the task ends the child's group: INT, then TERM, then KILL. A child that ends leaves nothing behind: what
  /// is left of its group gets two seconds to finish its output, then it is killed.
  ///
  /// - Parameters:
  ///   - timeout: how long it may run.
  ///   - passage: where the output goes on to; what waits in it in the end is the caller's to deliver.
  ///   - doorbell: something else to wait for meanwhile.
  ///   - marks: where the child sets marks in its output.
  ///   - listener: hears the output; every byte comes before this returns.
  /// - Throws: ``Failure`` when the program cannot be started.
  package static func run(
    _ command: ChildCommand, timeout: Duration? = nil, patience: Patience = Patience(),
    passage: OutputPassage? = nil, doorbell: Doorbell? = nil, marks: MarkSocket? = nil,
    listener: any ChildListener
  ) async throws -> ChildEnd {
    try await BlockingWork.run { alarm in
      try ChildPump(
        command: command, timeout: timeout, patience: patience, alarm: alarm, passage: passage,
        doorbell: doorbell, marks: marks, listener: listener
      ).run()
    }
  }

  /// Runs a program to its end and gives what it wrote to standard output and to standard error.
  ///
  /// - Parameter limit: bytes kept of each stream; the rest is read and dropped.
  package static func capture(
    _ command: ChildCommand, timeout: Duration? = nil, limit: Int = 1 << 24
  ) async throws -> (end: ChildEnd, output: [UInt8], error: [UInt8]) {
    let collector = ChildOutputCollector(limit: limit)
    let end = try await run(command, timeout: timeout, listener: collector)
    return (end, collector.bytes(of: .output), collector.bytes(of: .error))
  }
}
