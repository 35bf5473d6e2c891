import CSpawn
import Glibc
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
  ///   - listener: hears the output; every byte comes before this returns.
  /// - Throws: ``Failure`` when the program cannot be started.
  package static func run(
    _ command: ChildCommand, timeout: Duration? = nil, patience: Patience = Patience(),
    listener: any ChildListener
  ) async throws -> ChildEnd {
    let alarm = reprise_eventfd()
    guard alarm >= 0 else { throw Failure(errno: errno, "start", command.program) }
    defer { close(alarm) }
    let pump = ChildPump(
      command: command, timeout: timeout, patience: patience, alarm: alarm, listener: listener)
    return try await withTaskCancellationHandler {
      try await onThread { try pump.run() }
    } onCancel: {
      var one: UInt64 = 1
      _ = write(alarm, &one, 8)
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

/// Runs a closure on a thread of its own, off the cooperative pool, because it blocks.
private func onThread<Value: Sendable>(
  _ body: @escaping @Sendable () throws -> Value
) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    let work = ThreadWork { continuation.resume(with: Result { try body() }) }
    var thread = pthread_t()
    let pointer = Unmanaged.passRetained(work).toOpaque()
    let result = pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<ThreadWork>.fromOpaque(pointer).takeRetainedValue().body()
        return nil
      }, pointer)
    guard result == 0 else {
      Unmanaged<ThreadWork>.fromOpaque(pointer).release()
      continuation.resume(throwing: Failure(errno: result, "start a thread for", "a child process"))
      return
    }
    pthread_detach(thread)
  }
}

private final class ThreadWork {
  let body: () -> Void
  init(_ body: @escaping () -> Void) { self.body = body }
}
