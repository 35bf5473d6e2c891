/// What one caller wants done on a connection, and how that caller is told.
struct RecordJob: Sendable {
  /// One in this process.
  let id: UInt64
  /// Does the work; what it returns tells the caller the result, and is called once the work counts.
  let perform: @Sendable (RecordStore) throws -> @Sendable () -> Void
  /// Tells the caller that nothing was done.
  let fail: @Sendable (any Error) -> Void
}

/// A line of jobs that one or more connections work off.
protocol RecordJobLine: Sendable {
  /// Takes a job, or fails it when the line is too long or closed.
  func add(_ job: RecordJob)
  /// Fails a job with `CancellationError` if it still waits.
  func cancel(_ id: UInt64)
}

extension RecordJobLine {
  /// Waits for a job without holding a thread.
  ///
  /// When the task is cancelled while the job waits, it is never begun; one that was begun ends as it would have.
  func result<Value: Sendable>(
    of id: UInt64, _ body: @escaping @Sendable (RecordStore) throws -> Value
  ) async throws -> Value {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        add(
          RecordJob(
            id: id,
            perform: { store in
              let value = try body(store)
              return { continuation.resume(returning: value) }
            }, fail: { continuation.resume(throwing: $0) }))
        // One that was cancelled before it stood in the line.
        if Task.isCancelled { cancel(id) }
      }
    } onCancel: {
      cancel(id)
    }
  }
}
