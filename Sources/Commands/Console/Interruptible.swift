import Platform

/// Ctrl-C ends the work in order: what was begun is recorded as killed, temporary folders go.
func interruptible<Value: Sendable>(
  _ stopped: StopFlag, _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
  let task = Task { try await body() }
  Interruption.onNext { _ in
    stopped.set()
    task.cancel()
  }
  defer { Interruption.release() }
  return try await task.value
}
