import CKernels
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

  /// The processors that this process may use: fewer than there are under `taskset` and in a container.
  package static var processorCount: Int { Int(ck_processor_count()) }

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
      crew.run(blocks: blocks, body)
    }
  }
}
