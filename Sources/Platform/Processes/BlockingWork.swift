import CSpawn
import Glibc
import SystemPackage

/// Work that blocks, on a thread of its own, off the cooperative pool.
package enum BlockingWork {
  /// Runs a closure on a thread of its own.
  ///
  /// - Parameter body: gets an eventfd that becomes readable when the task is cancelled; it is closed when the closure ends.
  package static func run<Value: Sendable>(
    _ body: @escaping @Sendable (_ alarm: Int32) throws -> Value
  ) async throws -> Value {
    let alarm = reprise_eventfd()
    guard alarm >= 0 else { throw Failure(errno: errno, "start a thread for", "a child process") }
    defer { close(alarm) }
    return try await withTaskCancellationHandler {
      try await onThread { try body(alarm) }
    } onCancel: {
      var one: UInt64 = 1
      _ = write(alarm, &one, 8)
    }
  }

  private static func onThread<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let work = Work { continuation.resume(with: Result { try body() }) }
      var thread = pthread_t()
      let pointer = Unmanaged.passRetained(work).toOpaque()
      let result = pthread_create(
        &thread, nil,
        { pointer in
          guard let pointer else { return nil }
          Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body()
          return nil
        }, pointer)
      guard result == 0 else {
        Unmanaged<Work>.fromOpaque(pointer).release()
        continuation.resume(
          throwing: Failure(errno: result, "start a thread for", "a child process"))
        return
      }
      pthread_detach(thread)
    }
  }

  private final class Work {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }
}
