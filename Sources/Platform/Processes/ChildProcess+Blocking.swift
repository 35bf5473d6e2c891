import CSpawn
import Glibc
import SystemPackage

extension ChildProcess {
  /// Runs a program to its end on the calling thread, for callers that cannot wait otherwise, such as a C library's
  /// callbacks. Cancelling the task does not end it; the timeout does, at once.
  ///
  /// - Parameters:
  ///   - timeout: how long it may run.
  ///   - limit: bytes kept of each stream; the rest is read and dropped.
  package static func captureBlocking(
    _ command: ChildCommand, timeout: Duration, limit: Int = 1 << 24
  ) throws -> (end: ChildEnd, output: [UInt8]) {
    let collector = ChildOutputCollector(limit: limit)
    let alarm = reprise_eventfd()
    guard alarm >= 0 else { throw Failure(errno: errno, "start", command.program) }
    defer { close(alarm) }
    let pump = ChildPump(
      command: command, timeout: timeout,
      patience: Patience(afterInterrupt: .zero, afterTerminate: .zero), alarm: alarm,
      passage: nil, listener: collector)
    let end = try pump.run()
    return (end, collector.bytes(of: .output))
  }
}
