import GRDB
import Platform

/// The jobs of one transaction.
struct RecordBatch {
  private enum Outcome {
    case done(@Sendable () -> Void)
    case failed(any Error)
  }

  private let db: Database
  private let store: RecordStore
  private let notes: CommitNotes
  private var jobs: [(job: RecordJob, outcome: Outcome)] = []

  init(db: Database, store: RecordStore, notes: CommitNotes) {
    self.db = db
    self.store = store
    self.notes = notes
  }

  func begin() throws { try db.beginTransaction(.immediate) }

  /// Runs a job in a savepoint.
  ///
  /// - Throws: what ends the whole transaction, such as a full disk.
  mutating func run(_ job: RecordJob) throws {
    try db.cachedStatement(sql: "SAVEPOINT job").execute()
    do {
      let tell = try job.perform(store)
      try db.cachedStatement(sql: "RELEASE job").execute()
      notes.keepJob()
      jobs.append((job, .done(tell)))
    } catch {
      notes.dropJob()
      jobs.append((job, .failed(error)))
      if RecordBatch.endsTransaction(error) || !db.isInsideTransaction { throw error }
      try db.cachedStatement(sql: "ROLLBACK TO job").execute()
      try db.cachedStatement(sql: "RELEASE job").execute()
    }
  }

  /// Runs the only job of the transaction, which needs no savepoint.
  mutating func runAlone(_ job: RecordJob) throws {
    do {
      jobs.append((job, .done(try job.perform(store))))
      notes.keepJob()
    } catch {
      jobs.append((job, .failed(error)))
      throw error
    }
  }

  func commit() throws {
    // A transaction that SQLite ended by itself holds nothing of these jobs any more.
    guard db.isInsideTransaction else { throw RecordStore.lostTransaction(store.folder) }
    try db.commit()
    let (names, mustFlush) = notes.takeAll()
    store.keyCache.merge(names)
    if mustFlush { try db.flushLog() }
  }

  /// Undoes everything: no job of the transaction counts.
  mutating func abandon(because error: any Error) {
    _ = notes.takeAll()
    if db.isInsideTransaction { try? db.rollback() }
    for index in jobs.indices {
      if case .done = jobs[index].outcome { jobs[index].outcome = .failed(error) }
    }
    self.error = error
  }

  private var error: (any Error)?

  /// Tells all callers how their jobs ended.
  ///
  /// - Parameter first: the job that the transaction was begun for; when there was none, it fails.
  func tellCallers(orElse first: RecordJob) {
    if jobs.isEmpty, let error { first.fail(told(error)) }
    for (job, outcome) in jobs {
      switch outcome {
      case .done(let tell): tell()
      case .failed(let error): job.fail(told(error))
      }
    }
  }

  private func told(_ error: any Error) -> any Error {
    guard let error = error as? DatabaseError else { return error }
    return RecordStore.failure(error, RecordStore.file(in: store.folder))
  }

  /// Whether an error concerns the file, and so every job of the transaction.
  private static func endsTransaction(_ error: any Error) -> Bool {
    guard let error = error as? DatabaseError else { return false }
    switch error.resultCode {
    case .SQLITE_CONSTRAINT, .SQLITE_TOOBIG, .SQLITE_MISMATCH, .SQLITE_RANGE, .SQLITE_ERROR:
      return false
    default: return true
    }
  }
}
