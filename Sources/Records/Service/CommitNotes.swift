import Synchronization

/// What the connection that writes does when its transaction is committed: remember names, and flush the log.
///
/// Ids of names that a transaction met first must not be remembered before: the ids of one that fails are given to
/// other names later.
final class CommitNotes: Sendable {
  private struct State {
    /// Of the job that runs.
    var job: [String: Int64] = [:]
    /// Of the jobs before it in the same transaction.
    var batch: [String: Int64] = [:]
    var mustFlush = false
  }

  private let state = Mutex(State())

  /// The id of a name that this transaction has met.
  subscript(name: String) -> Int64? { state.withLock { $0.job[name] ?? $0.batch[name] } }

  /// Notes the id of a name for the commit.
  func add(_ name: String, _ id: Int64) { state.withLock { $0.job[name] = id } }

  /// The transaction must be on the disk before anybody is told that it is done.
  func requireFlush() { state.withLock { $0.mustFlush = true } }

  /// The job has done its part.
  func keepJob() {
    state.withLock { state in
      if state.batch.isEmpty {
        swap(&state.batch, &state.job)
      } else {
        state.batch.merge(state.job) { $1 }
        state.job = [:]
      }
    }
  }

  /// The job was rolled back.
  func dropJob() { state.withLock { $0.job = [:] } }

  /// Takes everything, when the transaction ends.
  func takeAll() -> (names: [String: Int64], mustFlush: Bool) {
    state.withLock { state in
      defer { state = State() }
      return (state.batch.merging(state.job) { $1 }, state.mustFlush)
    }
  }
}
