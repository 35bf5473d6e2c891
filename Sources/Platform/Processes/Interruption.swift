import CSpawn
import Glibc
import Synchronization

/// SIGINT, SIGTERM and SIGHUP as one event for the whole program.
///
/// They are blocked in every thread and taken by one that waits for them. Children start with a clean mask.
package enum Interruption {
  private static let handler = Mutex<(@Sendable (Int32) -> Void)?>(nil)

  /// Takes over the signals. Must be called before any other thread is started.
  package static func begin() {
    var signals = watched()
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    signal(SIGPIPE, SIG_IGN)
    // A file size limit is then a failed write, which is told, and not a death.
    signal(SIGXFSZ, SIG_IGN)
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { _ in
        Interruption.wait()
        return nil
      }, nil)
    pthread_detach(thread)
  }

  /// Calls a closure at the next signal. One that nobody waits for, and so the second, ends the program at once with
  /// 128 and the signal's number: children die with it, and what was recorded as running is found by the next start.
  package static func onNext(_ body: @escaping @Sendable (Int32) -> Void) {
    handler.withLock { $0 = body }
  }

  private static func watched() -> sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, signal) }
    return signals
  }

  private static func wait() {
    var signals = watched()
    var received: Int32 = 0
    while sigwait(&signals, &received) == 0 {
      let body = handler.withLock { handler in
        defer { handler = nil }
        return handler
      }
      guard let body else { _exit(128 + received) }
      body(received)
    }
  }
}
