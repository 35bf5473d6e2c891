import Glibc
import Synchronization

/// SIGINT, SIGTERM and SIGHUP as one event for the whole program.
///
/// They are blocked in every thread and taken by one that waits for them. Children start with a clean mask.
package enum Interruption {
  private static let handler = Mutex<(@Sendable (Int32) -> Void)?>(nil)

  /// Calls a closure at the first of these signals. The second ends the program at once with status 130: children
  /// die with it, and what was recorded as running is found by the next start.
  ///
  /// Must be called before any other thread is started.
  package static func onFirst(_ body: @escaping @Sendable (Int32) -> Void) {
    handler.withLock { $0 = body }
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, signal) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { _ in
        Interruption.wait()
        return nil
      }, nil)
    pthread_detach(thread)
  }

  private static func wait() {
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, signal) }
    var received: Int32 = 0
    while sigwait(&signals, &received) == 0 {
      let body = handler.withLock { handler in
        defer { handler = nil }
        return handler
      }
      guard let body else { _exit(130) }
      body(received)
    }
  }
}
