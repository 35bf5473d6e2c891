import Glibc
import Synchronization
import SystemPackage

/// Threads with room for deep templates, apart from the pool that must not be blocked.
package enum ParallelWork {
  /// Virtual: only what is used is taken.
  private static let stackSize = 256 << 20

  /// Calls a closure with every number below `count`, on as many threads as there are cores, at most two.
  package static func each(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    each(count, with: {}) { _, index in body(index) }
  }

  /// The same, with something that every thread makes for itself, on at most `limit` threads.
  package static func each<Own>(
    _ count: Int, limit: Int = 2, with makeOwn: @escaping @Sendable () -> Own,
    _ body: @escaping @Sendable (Own, Int) -> Void
  ) {
    let next = Atomic<Int>(0)
    let workers = min(limit, count, max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))))
    let work = { @Sendable in
      let own = makeOwn()
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        body(own, index)
      }
    }
    guard workers > 1 else { return work() }
    withExtendedLifetime(next) {
      let threads = (1..<workers).compactMap { _ in start(work) }
      work()
      for thread in threads { pthread_join(thread, nil) }
    }
  }

  /// Calls a closure once on each of as many threads as there are cores, this one included, at most `limit`; its argument
  /// counts them.
  package static func onEveryCore(limit: Int = .max, _ body: @escaping @Sendable (Int) -> Void) {
    let workers = max(1, min(limit, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))))
    let threads = (1..<workers).compactMap { number in start { body(number) } }
    body(0)
    for thread in threads { pthread_join(thread, nil) }
  }

  /// Runs a closure on a thread of its own and waits for it.
  package static func onDeepThread<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let thread = start { continuation.resume(with: Result { try body() }) }
      if let thread {
        pthread_detach(thread)
      } else {
        continuation.resume(throwing: Failure(.io, "cannot start a thread"))
      }
    }
  }

  private static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
    let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
    defer { attributes.deallocate() }
    pthread_attr_init(attributes)
    pthread_attr_setstacksize(attributes, stackSize)
    defer { pthread_attr_destroy(attributes) }
    var thread = pthread_t()
    let pointer = Unmanaged.passRetained(Body(body)).toOpaque()
    let code = pthread_create(
      &thread, attributes,
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().body()
        return nil
      }, pointer)
    guard code == 0 else {
      Unmanaged<Body>.fromOpaque(pointer).release()
      return nil
    }
    return thread
  }

  private final class Body: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
