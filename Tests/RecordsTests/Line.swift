import Platform
import Records

/// Many jobs that stand in the writer's line together.
enum Line {
  /// Runs jobs that all wait before the first begins.
  ///
  /// - Returns: which of them were done, in the order of their numbers.
  static func run(
    on store: RecordStore, _ count: Int,
    _ body: @escaping @Sendable (Int, RecordStore) throws -> Void
  ) async throws -> [Bool] {
    let gate = Gate()
    let blocker = Task { try await store.write { _ in gate.wait() } }
    await gate.entered()
    return try await withThrowingTaskGroup(of: (Int, Bool).self) { group in
      for worker in 0..<count {
        group.addTask {
          do {
            try await store.write { try body(worker, $0) }
            return (worker, true)
          } catch is Failure { return (worker, false) } catch is RecordFailure {
            return (worker, false)
          }
        }
      }
      // Those that the line has no room for end at once; the others wait for the gate.
      var outcomes = [Bool](repeating: false, count: count)
      for _ in 0..<max(0, count - 1024) {
        if let (worker, isDone) = try await group.next() { outcomes[worker] = isDone }
      }
      gate.open()
      for try await (worker, isDone) in group { outcomes[worker] = isDone }
      try await blocker.value
      return outcomes
    }
  }
}
