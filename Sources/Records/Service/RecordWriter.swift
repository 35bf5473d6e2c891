import GRDB
import Platform
import Synchronization

/// The one writer of a server: takes the jobs that wait into one transaction after another.
///
/// Each job of several is in a savepoint of its own, so that one that fails is undone alone; callers are told after the
/// commit. It runs on the queue of the store's connection, beside which nothing else writes in this process.
final class RecordWriter: RecordJobLine {
  private struct State {
    var waiting: [RecordJob] = []
    /// Whether a turn is on its way on the connection's queue.
    var isRunning = false
    var isClosed = false
    /// Who waits for the line to be empty.
    var closing: [CheckedContinuation<Void, Never>] = []
  }

  /// Jobs that may wait. More mean that callers come faster than the disk, and should come again later.
  static let capacity = 1024
  /// When a transaction has taken so long, the jobs that still wait go into the next: other processes write too.
  private static let longestTurn: Duration = .milliseconds(50)

  /// On the same connection as the store that it was made of; see ``RecordStore/isJoined``.
  private let store: RecordStore
  private let notes: CommitNotes
  private let state = Mutex(State())

  init(_ store: RecordStore) {
    self.store = RecordStore(joining: store)
    notes = store.notes
  }

  func add(_ job: RecordJob) {
    let refusal: Failure? = state.withLock { state in
      if state.isClosed { return RecordStore.closed(store.folder) }
      guard state.waiting.count < RecordWriter.capacity else { return RecordStore.tooBusy() }
      state.waiting.append(job)
      if !state.isRunning {
        state.isRunning = true
        schedule()
      }
      return nil
    }
    if let refusal { job.fail(refusal) }
  }

  func cancel(_ id: UInt64) {
    let job: RecordJob? = state.withLock { state in
      state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0) }
    }
    job?.fail(CancellationError())
  }

  /// Takes no more jobs, and waits until those that wait are done.
  func close() async {
    await withCheckedContinuation { continuation in
      let isDone = state.withLock { state in
        state.isClosed = true
        if state.isRunning { state.closing.append(continuation) }
        return !state.isRunning
      }
      if isDone { continuation.resume() }
    }
  }

  private func schedule() {
    store.database.asyncWriteWithoutTransaction { [self] db in
      turn(db)
      // The next turn stands behind others who want this connection meanwhile.
      let closing = state.withLock { state in
        if !state.waiting.isEmpty {
          schedule()
          return [CheckedContinuation<Void, Never>]()
        }
        state.isRunning = false
        defer { state.closing = [] }
        return state.closing
      }
      for continuation in closing { continuation.resume() }
    }
  }

  /// The next job, and whether it is the last that waits.
  private func next() -> (job: RecordJob, isLast: Bool)? {
    state.withLock { state in
      guard !state.waiting.isEmpty else { return nil }
      let job = state.waiting.removeFirst()
      return (job, state.waiting.isEmpty)
    }
  }

  private func turn(_ db: Database) {
    guard let first = next() else { return }
    var batch = RecordBatch(db: db, store: store, notes: notes)
    do {
      try batch.begin()
      if first.isLast {
        try batch.runAlone(first.job)
      } else {
        let start = ContinuousClock.now
        try batch.run(first.job)
        while start.duration(to: .now) < RecordWriter.longestTurn, let (job, _) = next() {
          try batch.run(job)
        }
      }
      try batch.commit()
    } catch {
      batch.abandon(because: error)
    }
    batch.tellCallers(orElse: first.job)
  }
}
