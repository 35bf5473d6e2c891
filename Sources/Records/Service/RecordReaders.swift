import GRDB
import Platform
import Synchronization

/// The connections of a server that only read, beside the writer and each other.
///
/// They are opened when they are first needed, and kept.
final class RecordReaders: RecordJobLine {
  private struct State {
    var waiting: [RecordJob] = []
    var idle: [RecordStore] = []
    /// The job that each connection works on.
    var running: [UInt64: RecordStore] = [:]
    var cancelled: Set<UInt64> = []
    var isClosed = false
    var closing: [CheckedContinuation<Void, Never>] = []
  }

  private let writer: RecordStore
  private let limit: Int
  private let state = Mutex(State())

  /// - Parameter limit: the most connections.
  init(beside writer: RecordStore, limit: Int = RecordReaders.usualLimit) {
    self.writer = writer
    self.limit = limit
  }

  /// More than cores, because a connection also waits for the disk.
  static let usualLimit = 4

  func add(_ job: RecordJob) {
    do {
      if let reader = try placed(job) { start(job, on: reader) }
    } catch {
      job.fail(error)
    }
  }

  /// A connection for a job; nil when it has to wait.
  private func placed(_ job: RecordJob) throws -> RecordStore? {
    try state.withLock { state throws -> RecordStore? in
      if state.isClosed { throw RecordStore.closed(writer.folder) }
      if let reader = state.idle.popLast() {
        state.running[job.id] = reader
        return reader
      }
      guard state.running.count >= limit else {
        let reader = try RecordStore(readingBeside: writer)
        state.running[job.id] = reader
        return reader
      }
      guard state.waiting.count < RecordWriter.capacity else { throw RecordStore.tooBusy() }
      state.waiting.append(job)
      return nil
    }
  }

  func cancel(_ id: UInt64) {
    let job: RecordJob? = state.withLock { state in
      if let reader = state.running[id] {
        // Ends the statement that runs. The connection gets no other job before this lock is free.
        state.cancelled.insert(id)
        reader.database.interrupt()
      }
      return state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0) }
    }
    job?.fail(CancellationError())
  }

  private func start(_ job: RecordJob, on reader: RecordStore) {
    reader.database.asyncUnsafeRead { [self] access in
      var job = job
      while true {
        let outcome = Result { try perform(job, on: reader, access.get()) }
        let (next, isCancelled, closing) = next(after: job.id, reader)
        switch outcome {
        case .success(let tell): tell()
        case .failure(_) where isCancelled: job.fail(CancellationError())
        case .failure(let error): job.fail(error)
        }
        for continuation in closing { continuation.resume() }
        guard let next else { return }
        job = next
      }
    }
  }

  /// What a connection does after a job: another that waits, or nothing.
  private func next(
    after id: UInt64, _ reader: RecordStore
  ) -> (RecordJob?, isCancelled: Bool, closing: [CheckedContinuation<Void, Never>]) {
    state.withLock { state in
      state.running[id] = nil
      let isCancelled = state.cancelled.remove(id) != nil
      if !state.waiting.isEmpty {
        let job = state.waiting.removeFirst()
        state.running[job.id] = reader
        return (job, isCancelled, [])
      }
      state.idle.append(reader)
      guard state.isClosed, state.running.isEmpty else { return (nil, isCancelled, []) }
      defer { state.closing = [] }
      return (nil, isCancelled, state.closing)
    }
  }

  private func perform(
    _ job: RecordJob, on reader: RecordStore, _ db: Database
  ) throws -> @Sendable () -> Void {
    try RecordStore.explaining(RecordStore.file(in: reader.folder)) {
      try reader.transaction(db, .deferred) { try job.perform(reader) }
    }
  }

  /// Takes no more jobs, waits until those that wait are done, and closes the connections.
  func close() async {
    await withCheckedContinuation { continuation in
      let isDone = state.withLock { state in
        state.isClosed = true
        if !state.running.isEmpty { state.closing.append(continuation) }
        return state.running.isEmpty
      }
      if isDone { continuation.resume() }
    }
    let idle = state.withLock { state in
      defer { state.idle = [] }
      return state.idle
    }
    for reader in idle { try? reader.database.close() }
  }
}
