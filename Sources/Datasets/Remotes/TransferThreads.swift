import Glibc
import Synchronization

/// Several parts of one transfer at once, each on a plain thread.
enum TransferThreads {
  /// Calls a closure with every number below `count`, on some threads; the first error stops the rest and is thrown.
  static func each(
    _ count: Int, threads: Int, _ body: @escaping @Sendable (Int) throws -> Void
  ) throws {
    let work = Work(count: count, body: body)
    var started: [pthread_t] = []
    for _ in 1..<max(2, min(threads, count)) {
      var thread = pthread_t()
      let pointer = Unmanaged.passRetained(work).toOpaque()
      let code = pthread_create(
        &thread, nil,
        { pointer in
          guard let pointer else { return nil }
          Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().run()
          return nil
        }, pointer)
      if code == 0 {
        started.append(thread)
      } else {
        // Fewer do as well.
        Unmanaged<Work>.fromOpaque(pointer).release()
      }
    }
    work.run()
    for thread in started { pthread_join(thread, nil) }
    if let failure = work.failure.withLock({ $0 }) { throw failure }
  }

  private final class Work: Sendable {
    let count: Int
    let body: @Sendable (Int) throws -> Void
    let next = Atomic<Int>(0)
    let failure = Mutex<(any Error)?>(nil)

    init(count: Int, body: @escaping @Sendable (Int) throws -> Void) {
      self.count = count
      self.body = body
    }

    func run() {
      while failure.withLock({ $0 == nil }) {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        do {
          try body(index)
        } catch {
          failure.withLock { $0 = $0 ?? error }
        }
      }
    }
  }
}
