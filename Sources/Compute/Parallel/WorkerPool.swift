import Glibc
import Synchronization

/// Threads that run the blocks of a loop; the caller's own is one of them.
///
/// Which thread runs which block is left open. A result that must not depend on it, nor on the
/// number of threads, is made of blocks whose bounds depend on the data only, each writing to its
/// own place, added up afterwards in the order of the blocks.
package final class WorkerPool: Sendable {
  package let threads: Int
  private let crew: Crew
  private let members: [pthread_t]

  /// - Parameter threads: at least 1; fewer are used when the system does not give more.
  package init(threads: Int) {
    let crew = Crew()
    self.crew = crew
    var members: [pthread_t] = []
    for _ in 1..<max(1, threads) {
      guard let member = crew.hire() else { break }
      members.append(member)
    }
    self.members = members
    self.threads = members.count + 1
  }

  deinit {
    crew.dismiss()
    for member in members { pthread_join(member, nil) }
  }

  /// The processors that are in service.
  package static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Runs `body` for every number in 0..<blocks and returns when all have ended.
  ///
  /// Calls run at the same time, in no particular order: none may write what another one reads or
  /// writes. `body` must not call this again on the same pool.
  package func parallelFor(blocks: Int, _ body: (_ block: Int) -> Void) {
    if members.isEmpty || blocks < 2 {
      for block in 0..<max(0, blocks) { body(block) }
      return
    }
    withoutActuallyEscaping(body) { body in
      crew.run(blocks: blocks, workers: members.count, body)
    }
  }
}

/// What the threads of a pool share: a wrapper of C's mutex and condition variables.
///
/// `@unchecked`, because the compiler cannot see what makes it safe, and Swift's `Mutex` has no condition to wait on: the
/// addresses of the three C objects are fixed for the life of the object; `blocks`, `busy`, `body` and `isDismissed` are read
/// and written under the mutex only; the rest is atomic. `body` is the caller's, who waits in ``run`` until no thread
/// holds it any more; what it does at the same time in several threads is its own affair, as ``WorkerPool/parallelFor``
/// says.
private final class Crew: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let workCame: UnsafeMutablePointer<pthread_cond_t>
  private let workEnded: UnsafeMutablePointer<pthread_cond_t>
  /// Counts the loops that were started; workers wait until it moves on.
  private let round = Atomic<Int>(0)
  private let nextBlock = Atomic<Int>(0)
  private var blocks = 0
  private var busy = 0
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

  func run(blocks: Int, workers: Int, _ body: @escaping (Int) -> Void) {
    pthread_mutex_lock(mutex)
    self.blocks = blocks
    self.body = body
    busy = workers
    nextBlock.store(0, ordering: .relaxed)
    round.add(1, ordering: .releasing)
    pthread_cond_broadcast(workCame)
    pthread_mutex_unlock(mutex)

    take(blocks: blocks, body)

    pthread_mutex_lock(mutex)
    while busy > 0 { pthread_cond_wait(workEnded, mutex) }
    self.body = nil
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
      takePart()
      pthread_mutex_lock(mutex)
      busy -= 1
      if busy == 0 { pthread_cond_signal(workEnded) }
      pthread_mutex_unlock(mutex)
    }
  }

  /// Waits for the round after `seen`; false when there is none to come.
  private func wait(after seen: inout Int) -> Bool {
    // Loops follow each other closely while a model is trained: look for a moment before sleeping.
    var patience = 2_000
    while round.load(ordering: .acquiring) == seen, patience > 0 { patience -= 1 }
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while round.load(ordering: .relaxed) == seen { pthread_cond_wait(workCame, mutex) }
    seen = round.load(ordering: .relaxed)
    return !isDismissed
  }

  /// A function of its own, so that no reference to the loop's body is left when the loop is told
  /// to be done.
  private func takePart() {
    pthread_mutex_lock(mutex)
    let (blocks, body) = (blocks, body)
    pthread_mutex_unlock(mutex)
    if let body { take(blocks: blocks, body) }
  }
}
