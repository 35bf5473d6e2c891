import CKernels
import Glibc
import Synchronization

/// What the threads of a pool share: a wrapper of C's mutex and condition variables.
///
/// A loop is open while it has a body. Members that are awake join it; the caller closes it when no block is left, and waits for
/// those that joined, never for one that slept through it: a small loop costs no more than its own work.
///
/// `@unchecked`, because the compiler cannot see what makes it safe, and Swift's `Mutex` has no condition to wait on: the
/// addresses of the three C objects are fixed for the life of the object; `blocks`, `body` and `isDismissed` are read and
/// written under the mutex only; the rest is atomic. `body` is the caller's, who waits in ``run(blocks:_:)`` until no thread
/// holds it any more; what it does at the same time in several threads is its own affair, as ``WorkerPool/parallelFor`` says.
final class Crew: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let workCame: UnsafeMutablePointer<pthread_cond_t>
  private let workEnded: UnsafeMutablePointer<pthread_cond_t>
  /// Counts the loops that were started; members wait until it moves on.
  private let round = Atomic<Int>(0)
  private let nextBlock = Atomic<Int>(0)
  /// Members that have joined the loop, changed under the mutex.
  private let busy = Atomic<Int>(0)
  private var blocks = 0
  /// nil when no loop is open.
  private var body: ((Int) -> Void)?
  private var isDismissed = false

  init() {
    mutex = .allocate(capacity: 1)
    workCame = .allocate(capacity: 1)
    workEnded = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(workCame, nil)
    pthread_cond_init(workEnded, nil)
  }

  deinit {
    pthread_cond_destroy(workCame)
    pthread_cond_destroy(workEnded)
    pthread_mutex_destroy(mutex)
    workCame.deallocate()
    workEnded.deallocate()
    mutex.deallocate()
  }

  /// Starts a thread that works until it is dismissed; nil when the system gives none.
  func hire() -> pthread_t? {
    var thread = pthread_t()
    let this = Unmanaged.passRetained(self)
    let result = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<Crew>.fromOpaque(context).takeRetainedValue().work()
        return nil
      }, this.toOpaque())
    guard result == 0 else {
      this.release()
      return nil
    }
    return thread
  }

  func dismiss() {
    pthread_mutex_lock(mutex)
    isDismissed = true
    round.add(1, ordering: .releasing)
    pthread_cond_broadcast(workCame)
    pthread_mutex_unlock(mutex)
  }

  func run(blocks: Int, _ body: @escaping (Int) -> Void) {
    pthread_mutex_lock(mutex)
    self.blocks = blocks
    self.body = body
    nextBlock.store(0, ordering: .relaxed)
    round.add(1, ordering: .releasing)
    pthread_cond_broadcast(workCame)
    pthread_mutex_unlock(mutex)

    take(blocks: blocks, body)

    pthread_mutex_lock(mutex)
    self.body = nil
    pthread_mutex_unlock(mutex)
    Self.lookForAMoment { busy.load(ordering: .acquiring) == 0 }
    pthread_mutex_lock(mutex)
    while busy.load(ordering: .relaxed) > 0 { pthread_cond_wait(workEnded, mutex) }
    pthread_mutex_unlock(mutex)
  }

  private func take(blocks: Int, _ body: (Int) -> Void) {
    while true {
      let block = nextBlock.add(1, ordering: .relaxed).oldValue
      guard block < blocks else { return }
      body(block)
    }
  }

  private func work() {
    var seen = 0
    while wait(after: &seen) {
      guard takePart() else { continue }
      pthread_mutex_lock(mutex)
      if busy.subtract(1, ordering: .releasing).newValue == 0 { pthread_cond_signal(workEnded) }
      pthread_mutex_unlock(mutex)
    }
  }

  /// Waits for the round after `seen`; false when there is none to come.
  private func wait(after seen: inout Int) -> Bool {
    let last = seen
    Self.lookForAMoment { round.load(ordering: .acquiring) != last }
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while round.load(ordering: .relaxed) == last { pthread_cond_wait(workCame, mutex) }
    seen = round.load(ordering: .relaxed)
    return !isDismissed
  }

  /// A function of its own, so that no reference to the loop's body is left when the member says that it is done.
  ///
  /// - Returns: whether there was a loop to join.
  private func takePart() -> Bool {
    pthread_mutex_lock(mutex)
    let (blocks, body) = (blocks, body)
    if body != nil { busy.add(1, ordering: .relaxed) }
    pthread_mutex_unlock(mutex)
    guard let body else { return false }
    take(blocks: blocks, body)
    return true
  }

  /// Loops follow each other closely while a model is trained, and to sleep and to be woken takes longer than most gaps
  /// between them: a thread looks for so long before it sleeps.
  private static let patience = 30_000

  /// Looks until something has happened, or its ``patience``, in nanoseconds, is over.
  private static func lookForAMoment(_ hasHappened: () -> Bool) {
    var start = 0
    while !hasHappened() {
      for _ in 0..<8 { ck_pause() }
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      let now = time.tv_sec * 1_000_000_000 + time.tv_nsec
      if start == 0 { start = now }
      if now - start > patience { return }
    }
  }
}
