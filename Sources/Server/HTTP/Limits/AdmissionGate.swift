import Synchronization

/// Lets only so many requests be worked on at once. Others wait in their order, for a time; more are refused.
package final class AdmissionGate: Sendable {
  private struct State {
    var queue: AdmissionQueue
    /// Of those who wait. One is resumed with whether it got a place.
    var resumptions: [UInt64: CheckedContinuation<Bool, Never>] = [:]
  }

  private let state: Mutex<State>
  private let patience: Duration

  /// - Parameters:
  ///   - places: how many are worked on at once.
  ///   - room: how many may wait.
  ///   - patience: how long.
  package init(places: Int, room: Int, patience: Duration = .seconds(10)) {
    state = Mutex(State(queue: AdmissionQueue(places: places, room: room)))
    self.patience = patience
  }

  /// Does something in a place.
  ///
  /// - Throws: status 503 when there is no room, or none of the places became free in time.
  package func admit<Value: Sendable>(
    _ body: @Sendable () async throws -> Value
  ) async throws -> Value {
    switch state.withLock({ $0.queue.arrive() }) {
    case .enters: break
    case .refused: throw APIError.busy
    case .waits(let ticket):
      guard await wait(ticket) else { throw APIError.busy }
    }
    defer { leave() }
    return try await body()
  }

  private func leave() {
    let next = state.withLock { state in
      state.queue.leave().flatMap { state.resumptions.removeValue(forKey: $0) }
    }
    next?.resume(returning: true)
  }

  private func wait(_ ticket: UInt64) async -> Bool {
    let patience = patience
    return await withTaskGroup(of: Void.self) { group in
      group.addTask { [self] in
        try? await Task.sleep(for: patience)
        giveUp(ticket)
      }
      // The place may have been given before the continuation is stored.
      let entered = await withCheckedContinuation { continuation in
        let isIn = state.withLock { state in
          guard state.queue.waiting.contains(ticket) else { return true }
          state.resumptions[ticket] = continuation
          return false
        }
        if isIn { continuation.resume(returning: true) }
      }
      group.cancelAll()
      return entered
    }
  }

  private func giveUp(_ ticket: UInt64) {
    let resumption = state.withLock { state in
      state.queue.giveUp(ticket) ? state.resumptions.removeValue(forKey: ticket) : nil
    }
    resumption?.resume(returning: false)
  }
}
