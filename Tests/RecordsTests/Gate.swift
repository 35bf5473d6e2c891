import Glibc
import Synchronization

/// Holds the thread of a job until it is opened.
final class Gate: Sendable {
  private let isOpen = Atomic<Bool>(false)
  private let isEntered = Atomic<Bool>(false)

  /// Blocks the calling thread.
  func wait() {
    isEntered.store(true, ordering: .releasing)
    while !isOpen.load(ordering: .acquiring) { usleep(500) }
  }

  /// Returns once a thread waits.
  func entered() async {
    while !isEntered.load(ordering: .acquiring) { await Task.yield() }
  }

  func open() { isOpen.store(true, ordering: .releasing) }
}
