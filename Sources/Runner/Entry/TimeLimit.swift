import Synchronization

/// How long an entry point may work in this process.
enum TimeLimit {
  /// Cancels work when its time is over, and notes that. What cancelled work still gives is waited for.
  ///
  /// - Parameters:
  ///   - limit: nil: for ever.
  ///   - isOver: set when the time was over before the work.
  static func run<Value: Sendable>(
    _ limit: Duration?, _ isOver: borrowing Atomic<Bool>,
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    guard let limit else { return try await body() }
    return try await withThrowingTaskGroup(of: Value?.self) { group in
      group.addTask { try await body() }
      group.addTask {
        // The sleep is cut short when the work ends first or all is cancelled.
        try? await Task.sleep(for: limit)
        return nil
      }
      while let next = try await group.next() {
        if let result = next {
          group.cancelAll()
          return result
        }
        if !Task.isCancelled { isOver.store(true, ordering: .relaxed) }
        group.cancelAll()
      }
      throw CancellationError()
    }
  }
}
