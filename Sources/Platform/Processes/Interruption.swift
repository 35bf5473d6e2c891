import CSpawn
import Glibc
import Synchronization

/// SIGINT, SIGTERM and SIGHUP as one event for the whole program.
///
/// A handler puts them into a pipe, and one thread reads that. Those that the program was started to ignore (`nohup`)
/// stay ignored.
package enum Interruption {
  private static let handler = Mutex<(@Sendable (Int32) -> Void)?>(nil)

  /// Takes over the signals.
  package static func begin() {
    signal(SIGPIPE, SIG_IGN)
    // A file size limit is then a failed write, which is told, and not a death.
    signal(SIGXFSZ, SIG_IGN)
    var ends: [Int32] = [-1, -1]
    guard reprise_pipe(&ends) == 0 else { return }
    let reader = ends[0]
    for signal in [SIGINT, SIGTERM, SIGHUP] { reprise_watch_signal(signal, ends[1]) }
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { reader in
        Interruption.wait(Int32(Int(bitPattern: reader)))
        return nil
      }, UnsafeMutableRawPointer(bitPattern: Int(reader)))
    pthread_detach(thread)
  }

  /// Calls a closure at the next signal. One that nobody waits for, and so the second, ends the program at once with
  /// 128 and the signal's number: children die with it, and what was recorded as running is found by the next start.
  package static func onNext(_ body: @escaping @Sendable (Int32) -> Void) {
    handler.withLock { $0 = body }
  }

  /// Lets the next signal end the program at once again.
  package static func release() { handler.withLock { $0 = nil } }

  private static func wait(_ reader: Int32) {
    while true {
      var received: UInt8 = 0
      guard read(reader, &received, 1) == 1 else { continue }
      let body = handler.withLock { handler in
        defer { handler = nil }
        return handler
      }
      guard let body else { _exit(128 + Int32(received)) }
      body(Int32(received))
    }
  }
}
