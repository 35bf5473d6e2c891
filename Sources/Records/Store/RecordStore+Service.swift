import GRDB
import Platform
import Synchronization
import SystemPackage

/// The doors of a server: they wait without holding a thread, and let ``RecordFailure`` through as it is.
///
/// A body gets a store on the connection that it runs on; what it calls there belongs to one transaction. It must not
/// use another store of the same folder, nor keep this one.
extension RecordStore {
  /// Reads one state of the records, beside the writer and other readers.
  ///
  /// - Throws: what the body throws; ``Failure`` with code `.locked` when too many wait already, or after
  ///   ``close()``; `CancellationError` when the task is cancelled before the body has ended.
  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (RecordStore) throws -> Value
  ) async throws -> Value {
    let service = service()
    return try await service.readers.result(of: service.newID(), body)
  }

  /// Writes through the one writer; returns when what was written survives a kill of this process.
  ///
  /// What several callers want at the same time goes into one transaction, each in a savepoint of its own: one that
  /// fails leaves the others as they are. The end of a run and what is deleted is on the disk when this returns, with
  /// all that was written before.
  ///
  /// - Throws: what the body throws; ``Failure`` with code `.locked` when too many wait already, another process
  ///   holds the file for too long, or after ``close()``; with `.noSpace` or `.io` when the disk failed, and then
  ///   nothing was written; `CancellationError` when the task is cancelled before the body has begun.
  package func write<Value: Sendable>(
    _ body: @escaping @Sendable (RecordStore) throws -> Value
  ) async throws -> Value {
    let service = service()
    return try await service.writer.result(of: service.newID(), body)
  }

  /// Ends the use of this store: takes nothing more, waits for what waits, moves the log into the file and closes it.
  package func close() async throws {
    let service = service()
    await service.writer.close()
    await service.readers.close()
    try RecordStore.explaining(RecordStore.file(in: folder)) {
      // Another process that reads or writes may hold the log; then it does this at its end.
      if isWritable {
        try? database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
      }
      try database.close()
    }
  }

  private func service() -> RecordService {
    madeService.withLock { made in
      if let made { return made }
      let service = RecordService(self)
      made = service
      return service
    }
  }

  static func tooBusy() -> Failure {
    Failure(.locked, "too many requests wait for the records", hint: "try again in a moment")
  }

  static func closed(_ folder: FilePath) -> Failure {
    Failure(.locked, "`\(file(in: folder))` is closed: the server stops", hint: "try again later")
  }

  static func lostTransaction(_ folder: FilePath) -> Failure {
    Failure(.io, "`\(file(in: folder))` took back what was written", hint: "try again")
  }
}
